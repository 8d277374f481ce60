"""Events of exceptions for the only approver, and of successors named by the board."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "exception.recorded": _(
            "%(actor)s recorded that %(subject)s, the only approver, may decide on their own proposals from %(starts_on)s to %(ends_on)s, "
            "by decision of %(date)s (%(reference)s). Instead: %(control)s"
        ),
        "exception.ended": _("%(actor)s ended the exception for %(subject)s."),
        "assignment.exception_used": _(
            "%(actor)s decided on %(person)s as %(seat)s of %(role)s, their own proposal, under the exception until %(until)s."
        ),
        "assignment.succession_recorded": _(
            "%(actor)s recorded that the board appointed %(person)s as %(role)s by decision of %(date)s (%(reference)s), "
            "because nobody was left to approve."
        ),
    }
)
