"""Who is told what about competence, and when. No message says anything of anybody's performance (rule 15)."""

from django.utils.translation import gettext_lazy as _

from ismsroles.notices.kinds import DIGEST, Kind, register

register(
    [
        Kind(
            "training.due", _("Training or evidence is due, or expires within 60, 30 or 7 days"),
            _("The person, and who sees to the training"), DIGEST,
            _("Training and evidence that are due"),
            _("This is due or expires soon:"),
            _("My competence and training"),
        ),
    ]
)  # fmt: skip
