"""What navigation this app offers. An entry whose page does not exist is left out."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import navigation
from ismsroles.core.access import may
from roles import policy
from roles.queries.assignments import count_waiting

TODAY, REGISTER, EVIDENCE, YOU = _("Today"), _("Register"), _("Evidence"), _("You")


def _decides(user) -> bool:
    return may(user, "roles.approvals.see")


def _reads(user) -> bool:
    return may(user, "roles.register.see")


def _is_in_register(user) -> bool:
    return policy.standing(user).person is not None


navigation.register(TODAY, _("Approvals"), "approvals", "stamp", order=12, shown=_decides, count=count_waiting)
navigation.register(REGISTER, _("Roles"), "roles", "list-checks", order=20, shown=_reads)
navigation.register(
    REGISTER, _("People"), "people", "users", order=22, shown=lambda user: may(user, "roles.people.see")
)
navigation.register(REGISTER, _("Assignments"), "assignments", "user-check", order=21, shown=_reads)
navigation.register(REGISTER, _("Teams"), "work-teams", "users-round", order=23, shown=_reads)
navigation.register(
    REGISTER,
    _("Segregation of duties"),
    "separation",
    "split",
    order=25,
    shown=lambda user: may(user, "roles.separation.see"),
)
navigation.register(REGISTER, _("Areas"), "areas", "building-2", order=24, shown=_reads)
navigation.register(REGISTER, _("Organisation chart"), "chart", "network", order=25, shown=_reads)
navigation.register(REGISTER, _("Authorisation levels"), "levels", "key-round", order=26, shown=_reads)
navigation.register(REGISTER, _("Processes"), "processes", "workflow", order=27, shown=_reads)
navigation.register(REGISTER, _("Policies"), "policies", "scroll-text", order=28, shown=_reads)
navigation.register(YOU, _("Who can help?"), "ask", "circle-question-mark", order=82, shown=_reads)
navigation.register(EVIDENCE, _("History"), "log", "history", order=48, shown=lambda user: may(user, "roles.log.see"))
navigation.register(
    _("Administration"),
    _("Organisation"),
    "organisation",
    "settings",
    order=62,
    shown=lambda user: may(user, "core.organisation.keep"),
)
navigation.register(
    _("Administration"), _("Logins"), "logins", "lock", order=64, shown=lambda user: may(user, "core.logins.see")
)
navigation.register(
    _("Administration"), _("Health"), "health", "activity", order=66, shown=lambda user: may(user, "core.health.see")
)
navigation.register(YOU, _("My responsibilities"), "mine", "circle-user", order=80, shown=_is_in_register)
