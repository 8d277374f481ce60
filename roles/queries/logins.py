"""Reads about logins: whose they are, and what the register opens to them today."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.core.models import User
from roles.models import Assignment
from roles.models.people import AreaUserObjectPermission


@dataclass(frozen=True)
class Login:
    """One login with the person behind it, as the list shows it."""

    user: User
    opens: list[str]

    @property
    def has_left(self) -> bool:
        """Whether the person is no longer there: then the login lets nobody in, open or closed."""
        person = getattr(self.user, "person", None)
        return person is not None and person.last_day is not None and person.last_day < clock.today()


def listed(words: str = "", show: str = "") -> QuerySet[User]:
    """Logins by name, narrowed."""
    rows = User.objects.select_related("person").order_by("name", "pk")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return {"open": rows.filter(is_active=True), "closed": rows.filter(is_active=False)}.get(show, rows)


def with_what_they_open(users: list[User]) -> list[Login]:
    """Each login with what follows from the register for its person; two queries for all of them."""
    held = Assignment.objects.current(clock.today()).filter(
        person__user__in=users, seat="primary", role__state="active"
    )
    opens: dict[int, list[str]] = {}
    for user_id, persona in held.exclude(role__persona="").values_list("person__user_id", "role__persona").distinct():
        opens.setdefault(user_id, []).append(_("keeps the register") if persona == "ism" else _("approves"))
    granted = AreaUserObjectPermission.objects.filter(user__in=users, permission__codename="represent_area")
    for user_id in granted.values_list("user_id", flat=True).distinct():
        opens.setdefault(user_id, []).append(_("represents an area"))
    return [
        Login(user, sorted([*opens.get(user.pk, []), *([_("administers")] if user.is_administrator else [])]))
        for user in users
    ]
