"""What this app offers in the navigation."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import navigation
from ismsroles.core.access import may
from roles.policy import standing

GROUP = _("Who does what")


def _reads(user) -> bool:
    return may(user, "competence.counts.see")


def _sees_people(user) -> bool:
    return may(user, "competence.people.see", None)


navigation.register(GROUP, _("Competence"), "competence", "graduation-cap", order=32, shown=_reads)
navigation.register(GROUP, _("Training"), "training", "book-open-check", order=34, shown=_sees_people)
navigation.register(GROUP, _("Induction"), "induction", "door-open", order=35, shown=_sees_people)
navigation.register(GROUP, _("Questions"), "rounds", "message-circle-question-mark", order=36, shown=_sees_people)
navigation.register(
    _("You"),
    _("My competence"),
    "my-competence",
    "award",
    order=82,
    shown=lambda user: standing(user).person is not None,
)
