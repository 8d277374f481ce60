"""What is wrong with delegations: not checked, not as agreed, not answered (A8)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import clock
from ismsroles.core.findings import rule
from roles.findings.register import Found, place
from roles.models import Delegation
from roles.queries import delegations as queries
from roles.terms import in_words


@rule("A8", title=gettext_lazy("Delegated and not checked"), clause="5.3", severity="warn")
def not_checked_in_time(day: date) -> Found:
    """Who delegates stays accountable and records, at the set interval, that the task was checked (A8)."""
    for each in queries.late_checks(day):
        words = _words(each) | {"day": in_words(each.due)}
        yield {
            "sentence": _("%(holder)s has not checked what %(delegate)s does for %(role)s; it was due on %(day)s.")
            % words,
            "url": place("delegation", each.pk),
            "action": _("Record the check"),
            "detail": _("To be checked %(interval)s.") % {"interval": each.interval},
            "since": each.due,
        }


@rule("A8.not-ok", title=gettext_lazy("Delegated and not done as agreed"), clause="5.3", severity="warn")
def not_done_as_agreed(day: date) -> Found:
    """What a check found wrong is put right, and a later check says so (A8)."""
    for check in queries.last_not_ok(day):
        yield {
            "sentence": _("What %(delegate)s does for %(role)s was not as agreed when %(holder)s checked it.")
            % _words(check.delegation),
            "url": place("delegation", check.delegation_id),
            "action": _("Open the delegation"),
            "detail": check.follow_up,
            "since": check.on,
        }


@rule("A8.offered", title=gettext_lazy("Delegation not answered"), clause="5.3", severity="note")
def not_answered(day: date) -> Found:
    """Who is asked to take something over answers within a week; until then all of it stays with the holder (A8)."""
    for each in queries.unanswered(day):
        yield {
            "sentence": _("%(delegate)s has not answered what %(holder)s wants to delegate for %(role)s.")
            % _words(each),
            "url": place("delegation", each.pk),
            "action": _("Open the delegation"),
            "detail": "",
            "since": each.delegated_at.astimezone(clock.zone()).date(),
        }


def _words(each: Delegation) -> dict[str, object]:
    return {"holder": each.holder, "delegate": each.delegate, "role": each.role}
