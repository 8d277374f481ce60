"""Assets as their list, their page and a person's page show them (M4)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ismsroles.core.access import visible_to
from raci.models import Asset, Risk
from roles.models import Assignment, Person

PARTIES = ("owner_role", "owner_person", "custodian_role", "custodian_person")
ORDERS = {"kind": "kind", "area": Lower("area__name"), "classification": Lower("classification")}
HEADERS = [
    _("Number"), _("Name"), _("Kind"), _("Area"), _("Classification"), _("Owner (role)"), _("Owner (person)"),
    _("Custodian (role)"), _("Custodian (person)"), _("Link"), _("Note"), _("Answers for it today"),
]  # fmt: skip


def questions(day: date) -> dict[str, tuple[object, Q]]:
    """The saved questions of the list on this day."""
    kept = Q(retired_on=None)
    gone = Q(owner_person__last_day__lt=day) | Q(owner_role__isnull=False, is_held=False)
    return {
        "": (_("In use"), kept),
        "none": (_("No owner"), kept & Q(owner_role=None, owner_person=None)),
        "gone": (_("Owner gone or role vacant"), kept & gone),
        "retired": (_("Out of use"), ~kept),
    }


def assets(user, day: date, *, words: str = "", area: int | None = None, kind: str = "") -> QuerySet[Asset]:
    """The assets that the user may see, narrowed."""
    rows = visible_to(user, Asset).found_by(words).annotate(is_held=Exists(_holders(day)))
    if area is not None:
        rows = rows.filter(area_id=area)
    return rows.filter(kind=kind) if kind else rows


def _holders(day: date) -> QuerySet[Assignment]:
    """Who holds, in force today, the role that owns it."""
    seats = Assignment.objects.current(day).filter(seat="primary", role__state="active")
    return seats.filter(role=OuterRef("owner_role"))


def ordered(rows: QuerySet[Asset], sort: str) -> QuerySet[Asset]:
    """Sorted as the heading asks; by name when it asks nothing we know."""
    name = sort.removeprefix("-")
    if name not in ORDERS:
        return rows.order_by("-name_key" if sort == "-name" else "name_key", "pk")
    key = ORDERS[name] if not isinstance(ORDERS[name], str) else Lower(ORDERS[name])
    first = key.desc(nulls_last=True) if sort.startswith("-") else key.asc(nulls_last=True)
    return rows.order_by(first, "name_key", "pk")


def with_owners(listed: Iterable[Asset | Risk], day: date) -> list[Asset | Risk]:
    """Give each `answering`, the people who answer for it today: one query for the whole page."""
    rows = list(listed)
    held = holders_of({row.owner_role_id for row in rows if row.owner_role_id}, day)
    for row in rows:
        row.answering = [row.owner_person] if row.owner_person else held.get(row.owner_role_id, [])
        row.is_gone = row.has_owner and not any(person.is_current(day) for person in row.answering)
    return rows


def holders_of(roles: set[int], day: date) -> dict[int, list[Person]]:
    """Role → who holds it today."""
    found: dict[int, list[Person]] = {}
    if roles:
        seats = Assignment.objects.current(day).filter(role__in=roles, seat="primary", role__state="active")
        for seat in seats.select_related("person").order_by("person__name_key"):
            found.setdefault(seat.role_id, []).append(seat.person)
    return found


def sheet_rows(rows: QuerySet[Asset], day: date) -> list[list]:
    """One row an asset, in the columns that an import understands, and who answers for it today."""
    kinds = {kind: str(capfirst(words)) for kind, words in Asset.KINDS}
    return [
        [
            asset.external_id or "", asset.name, kinds[asset.kind], str(asset.area or ""), asset.classification,
            str(asset.owner_role or ""), written(asset.owner_person), str(asset.custodian_role or ""),
            written(asset.custodian_person), asset.link, asset.note, "\n".join(map(str, asset.answering)),
        ]
        for asset in with_owners(rows, day)
    ]  # fmt: skip


def written(person: Person | None) -> str:
    """A person so that an import finds them again: by address, else by personnel number, else by name."""
    if person is None:
        return ""
    return person.email or person.external_id or person.name


def owned_by(user, roles: set[int], person: Person | None = None) -> dict[str, list]:
    """What this person and these roles answer for and look after; two questions."""
    own, keeps = Q(owner_role__in=roles), Q(custodian_role__in=roles)
    if person is not None:
        own, keeps = own | Q(owner_person=person), keeps | Q(custodian_person=person)
    assets = list(visible_to(user, Asset).kept().filter(own | keeps).order_by("name_key", "pk")[:SHOWN])
    mine = [one for one in assets if one.owner_role_id in roles or (person and one.owner_person_id == person.pk)]
    return {
        "owns": mine,
        "keeps": [one for one in assets if one not in mine],
        "risks": list(visible_to(user, Risk).standing().filter(own).order_by("reference", "pk")[:SHOWN]),
    }


SHOWN = 200
