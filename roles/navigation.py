"""What navigation this app offers. An entry whose page does not exist is left out."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import navigation
from ismsroles.core.access import may, visible_to
from roles import policy
from roles.models import Assignment

TODAY, REGISTER, EVIDENCE, YOU = _("Today"), _("Register"), _("Evidence"), _("You")


def _decides(user) -> bool:
    return may(user, "roles.approvals.see")


def _to_decide(user) -> int | None:
    """How many proposals wait for exactly this person."""
    if not _decides(user):
        return None
    waiting = visible_to(user, Assignment).pending().select_related("role")
    return sum(may(user, "roles.assignment.approve", assignment) for assignment in waiting[:100]) or None


def _reads(user) -> bool:
    return may(user, "roles.register.see")


def _is_in_register(user) -> bool:
    return policy.standing(user).person is not None


navigation.register(TODAY, _("Overview"), "overview", "layout-dashboard", order=10, shown=_reads)
navigation.register(TODAY, _("Approvals"), "approvals", "stamp", order=12, shown=_decides, count=_to_decide)
navigation.register(REGISTER, _("Roles"), "roles", "list-checks", order=20, shown=_reads)
navigation.register(
    REGISTER, _("People"), "people", "users", order=22, shown=lambda user: may(user, "roles.people.see")
)
navigation.register(REGISTER, _("Areas"), "areas", "building-2", order=24, shown=_reads)
navigation.register(EVIDENCE, _("History"), "log", "history", order=48, shown=lambda user: may(user, "roles.log.see"))
navigation.register(YOU, _("My responsibilities"), "mine", "circle-user", order=80, shown=_is_in_register)
