"""Event codes of reviews and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.of_their_own("review.commented")
events.register(
    {
        "review.opened": _("A review of %(subject)s opened (%(what)s), due on %(due)s."),
    }
)
