"""What is open while the organisation is too small for two deciding people, or while nobody approves (design rule 1)."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from roles.findings.register import Found, place
from roles.policy import exceptions
from roles.terms import in_words

ENDING = timedelta(days=30)


@rule("A3.exception", title=gettext_lazy("Exception for the only approver"), clause="5.3", severity="warn")
def the_only_approver_decides_alone(day: date) -> Found:
    """While an exception is in force, somebody may approve what they proposed: said every day, and printed (rule 1)."""
    found = exceptions.in_force(day)
    if found is None:
        return
    words = {"person": found.approver, "day": in_words(found.ends_on), "control": found.control}
    sentence = _("%(person)s may approve what %(person)s proposed, until %(day)s.") % words
    action, detail = _("Open the exception"), _("Instead: %(control)s") % words
    if exceptions.usable(day) is None:
        action, detail = _("End it"), _("Nobody needs it any more: somebody else approves, or nobody does.")
    yield _row(sentence, action, place("approver-exception", found.pk), detail, found.starts_on)


@rule("A3.exception-ends", title=gettext_lazy("Exception ends soon"), clause="5.3", severity="warn")
def the_exception_ends_soon(day: date) -> Found:
    """Thirty days before an exception ends, somebody looks for a second approver or asks the board again (rule 1)."""
    found = exceptions.usable(day)
    if found is None or found.ends_on - day > ENDING:
        return
    words = {"person": found.approver, "day": in_words(found.ends_on)}
    sentence = _("The exception for %(person)s ends on %(day)s.") % words
    detail = _(
        "After that day nobody can decide on what %(person)s proposes. Name another approver, or record the board’s new decision."
    )
    yield _row(sentence, _("See the exceptions"), place("approver-exceptions"), detail % words)


@rule("A3.nobody", title=gettext_lazy("Nobody approves"), clause="5.3", severity="stop")
def nobody_approves(day: date) -> Found:
    """When the last approver has gone, no successor can be approved: the board names one (decision 9)."""
    if exceptions.nobody_approves(day):
        detail = _("The board appoints a successor, and an administrator records its decision.")
        yield _row(_("Nobody is left who approves."), _("See the approvals"), place("approvals"), detail)


def _row(sentence: str, action: str, url: str, detail: str, since: date | None = None) -> dict[str, object]:
    return {"sentence": sentence, "url": url, "action": action, "detail": detail, "since": since}
