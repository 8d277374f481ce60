"""What the pages of evidence show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.earlier import KIND
from evidence.kinds import as_deputy
from ismsroles.core import facts, findings, scope
from ismsroles.core.access import visible_to
from ismsroles.core.models import User
from ismsroles.records.models import OPEN, SignOff, Version
from roles.models import Assignment, Person
from roles.policy import standing
from roles.policy.acting import deputies_acting
from roles.queries.held import HeldRole, held_roles


@dataclass(frozen=True)
class Shown:
    """A finding as a page shows it: with its age in words."""

    rule: str
    severity: str
    clause: str
    sentence: str
    detail: str
    url: str
    action: str
    age: str


FORMS = ("version-prepare", "chart-keeper")  # findings lead here only those who may fill it in


def shown(found: findings.Finding, *, mends: bool = True) -> Shown:
    """The finding in the words of a page. Who only reads it gets the way to the place, and none to a form that would refuse them."""
    url, action, days = found.url, found.action, found.age
    if not mends:
        url, action = "" if url in map(reverse, FORMS) else url, _("Open")
    age = "" if days is None or days < 1 else ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return Shown(found.rule, found.severity, found.clause, found.sentence, found.detail, url, action, age)


def tally(day: date, found: list[findings.Finding]) -> list[dict[str, Any]]:
    """Five numbers at the top, each with its whole."""
    held = [role for role in held_roles(day) if role.role.kind != "everyone"]
    single = [role for role in held if role.role.kind == "one"]
    filled = sum(not role.is_vacant for role in held)
    pending = sum(seat.state == "proposed" for role in held for seat in role.seats)
    return [
        {"label": _("Roles held"), "number": filled, "whole": _("of %(n)d") % {"n": len(held)}},
        {"label": _("With a deputy"), "number": _deputised(single), "whole": _("of %(n)d") % {"n": len(single)}},
        {"label": _("With authority for every duty"), "number": _able(held), "whole": _("of %(n)d") % {"n": len(held)}},
        {"label": _("Waiting for approval"), "number": pending, "whole": ""},
        {
            "label": _("Must fix"),
            "number": sum(f.severity == "stop" for f in found),
            "whole": _("of %(n)d findings") % {"n": len(found)},
        },
    ]


def _deputised(roles: list[HeldRole]) -> int:
    return sum(bool(role.deputies) for role in roles)


def _able(roles: list[HeldRole]) -> int:
    return sum(bool(role.duties) and not role.duties_without_authority for role in roles)


def pending(user) -> QuerySet[Assignment]:
    """Proposals that wait, the oldest first, as far as the user may see them."""
    return visible_to(user, Assignment).pending().select_related("role", "person").order_by("proposed_at", "pk")


def versions(user) -> QuerySet[Version]:
    """The versions of the document that the user may see, newest first, without their bytes."""
    return visible_to(user, Version).filter(kind=KIND).order_by("-frozen_at", "-pk")


def open_version(user) -> Version | None:
    """The version on its way, if there is one that the user may see."""
    return versions(user).filter(state__in=OPEN).first()


def _waiting(user) -> QuerySet[SignOff]:
    return SignOff.objects.filter(user=user, state="waiting", version__state="sent", version__kind=KIND)


_is_asked = facts.register(
    "asked_to_sign", lambda user: facts.whether(_waiting(user)) if standing(user).is_top_management else None
)


def is_asked_to_sign(user) -> bool:
    """Whether a version waits for this user's signature; for every page."""
    return user.is_authenticated and bool(_is_asked(user))


def waiting_signoff(user) -> SignOff | None:
    """The version that waits for this user's signature, if there is one; asked once for a page."""
    if not is_asked_to_sign(user):
        return None
    return scope.remember(("waiting sign-off", user.pk), lambda: _waiting(user).select_related("version").first())


@dataclass(frozen=True)
class Candidate:
    """Somebody of top management today, who might sign."""

    person: Person
    role: str
    user: User | None

    @property
    def label(self) -> str:
        return f"{self.person.name}, {self.role}"


def candidates(day: date) -> list[Candidate]:
    """Top management today: everybody who holds a role that approves, each once; and who stands in, where the role lets deputies sign."""
    found: dict[int, Candidate] = {}
    for held in held_roles(day):
        if held.role.persona == "top_management":
            for seat in held.holders:
                found.setdefault(seat.person_id, Candidate(seat.person, held.role.title, None))
    for deputy, absent in deputies_acting(_signing_seats(day)):
        words = as_deputy(absent.role.title, absent.person)
        found.setdefault(deputy.pk, Candidate(deputy, words, None))
    people = Person.objects.filter(pk__in=found).select_related("user")
    logins = {person.pk: person.user for person in people}
    return [Candidate(one.person, one.role, logins.get(pk)) for pk, one in found.items()]


def _signing_seats(day: date) -> list[Assignment]:
    """Holders and deputies of the roles whose deputies may sign for the whole organisation."""
    roles = [one for one in held_roles(day) if one.role.persona == "top_management" and one.role.deputy_signs]
    return [seat for held in roles for seat in [*held.holders, *held.deputies] if seat.area_id is None]


def approvals() -> QuerySet[Assignment]:
    """Who approved which assignment, when and why: the newest decision first (A3)."""
    rows = Assignment.objects.approved().select_related("role", "person", "proposed_by", "decided_by", "area")
    return rows.order_by("-decided_at", "-pk")
