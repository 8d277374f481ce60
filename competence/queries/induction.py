"""Who has to read and accept what, since when, by when: worked out from dates, never by a job (K3)."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from competence.models import InductionAcceptance, InductionItem
from competence.policy import people_seen
from ismsroles.core import clock
from roles.models import Area, Assignment, Person


@dataclass(frozen=True)
class Owed:
    """One part that somebody who came has to accept, or has accepted."""

    item: InductionItem
    person: int
    name: str
    area: str
    since: date
    accepted_at: datetime | None

    @property
    def due_on(self) -> date:
        """So many days after joining, coming to the area, or getting the role; nobody is late on the day it is first asked."""
        return max(self.since, self.item.added_on) + timedelta(days=self.item.days)

    def is_overdue(self, day: date) -> bool:
        return self.accepted_at is None and self.due_on < day


def items() -> list[InductionItem]:
    """Every part that is in use."""
    rows = InductionItem.objects.filter(is_retired=False).select_related("area", "role", "policy")
    return sorted(rows, key=lambda row: (row.role_id is not None, row.area_id is not None, row.title.lower()))


def owed(on: date, people: Collection[int] | None = None) -> list[Owed]:
    """Every part of everybody who came since it began; six queries at most, however many people there are."""
    found = items()
    if not found:
        return []
    rows = Person.objects.current(on).order_by("name_key", "pk")
    rows = rows if people is None else rows.filter(pk__in=people)
    there = {pk: rest for pk, *rest in rows.values_list("pk", "name", "area__name", "area_id", "starts_on")}
    given = dict(_accepted(found, people))
    came = _Came(found, there, on, people)
    return [
        Owed(item, pk, there[pk][0], there[pk][1] or "", since, given.get((item.pk, pk)))
        for item in found
        for pk, since in came.to(item)
        if since >= item.starts_on
    ]


def of_person(person: Person, on: date) -> list[Owed]:
    """What is one person's, what is not accepted first."""
    return sorted(owed(on, [person.pk]), key=lambda one: (one.accepted_at is not None, one.due_on, one.item.title))


def seen(user, on: date) -> list[Owed]:
    """Of those people whom this user sees by name; what is open first, the next due first."""
    names = set(people_seen(user).values_list("pk", flat=True))
    found = [one for one in owed(on) if one.person in names]
    return sorted(found, key=lambda one: (one.accepted_at is not None, one.due_on, one.name))


def _accepted(found: list[InductionItem], people: Collection[int] | None) -> Iterator[tuple[tuple[int, int], datetime]]:
    rows = InductionAcceptance.objects.filter(item__in=found)
    rows = rows if people is None else rows.filter(person__in=people)
    for item, person, at in rows.order_by().values_list("item_id", "person_id", "accepted_at"):
        yield (item, person), at


class _Came:
    """Since when people are with the organisation, in their area, in a role."""

    def __init__(self, found: list[InductionItem], there: dict, on: date, people: Collection[int] | None) -> None:
        self.there, self.moved = there, {}
        self.below = below() if any(item.area_id for item in found) else {}
        if self.below:
            self.moved = _moved(there, people)
        self.held: dict[int, dict[int, date]] = defaultdict(dict)
        roles = {item.role_id for item in found if item.role_id}
        if roles:
            rows = Assignment.objects.current(on).filter(role__in=roles).order_by("-starts_on")
            rows = rows if people is None else rows.filter(person__in=people)
            for role, person, since in rows.values_list("role_id", "person_id", "starts_on"):
                self.held[role][person] = since  # the first day of those that are open

    def to(self, item: InductionItem) -> Iterator[tuple[int, date]]:
        """(person, since) of everybody whose part it is; who was always there did not come."""
        if item.role_id:
            yield from ((pk, since) for pk, since in self.held[item.role_id].items() if pk in self.there)
            return
        areas = self.below.get(item.area_id, set())
        for pk, (_name, _words, area, joined) in self.there.items():
            since = max(filter(None, (joined, self.moved.get(pk))), default=None) if item.area_id else joined
            if since is not None and (not item.area_id or area in areas):
                yield pk, since


def below() -> dict[int, set[int]]:
    """Each area with all areas below it, itself included."""
    above = dict(Area.objects.order_by().values_list("pk", "parent_id"))
    found: dict[int, set[int]] = defaultdict(set)
    for pk in above:
        at, seen_ones = pk, set()
        while at is not None and at not in seen_ones:
            found[at].add(pk)
            seen_ones.add(at)
            at = above.get(at)
    return found


def _moved(there: dict, people: Collection[int] | None) -> dict[int, date]:
    """The day on which somebody last came to the area where they are, from another one."""
    rows = Person.history.filter(~Q(history_type="-")).order_by("history_date", "history_id")
    rows = rows if people is None else rows.filter(id__in=people)
    last: dict[int, int | None] = {}
    found: dict[int, date] = {}
    for pk, area, at in rows.values_list("id", "area_id", "history_date").iterator():
        if pk in there and last.get(pk) not in (None, area):
            found[pk] = at.astimezone(clock.zone()).date()
        last[pk] = area
    return found
