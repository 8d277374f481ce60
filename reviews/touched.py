"""Which things a change touches: (event, kind, number) for all events of one gesture together, one query for each question."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db.models import F, Q

from ismsroles.core import clock
from ismsroles.core.models import AuditEvent
from raci.models import Asset
from reviews.models import Anomaly, DeclaredChange
from reviews.reviewable import by_label, kind_of
from roles.models import Assignment, Role, SeparationException
from roles.models.chart import RestructureArea

Touched = Iterator[tuple[AuditEvent, str, int]]
SERVICES = ("cloud", "supplier")


def _subjects(told: Sequence[AuditEvent]) -> dict[int, list[AuditEvent]]:
    found: dict[int, list[AuditEvent]] = defaultdict(list)
    for event in told:
        found[int(event.subject_id)].append(event)
    return found


def itself(told: Sequence[AuditEvent]) -> Touched:
    """The thing that the event is about."""
    for event in told:
        if kind := by_label(event.subject_type):
            yield event, kind.key, int(event.subject_id)


def the_one(key: str) -> Callable[[Sequence[AuditEvent]], Touched]:
    """The one thing of a kind that there is one of."""

    def touches(told: Sequence[AuditEvent]) -> Touched:
        kind = kind_of(key)
        rows = kind.standing(clock.today()).values_list("pk", flat=True) if kind else []
        for pk in list(rows):
            yield from ((event, key, pk) for event in told)

    return touches


def _roles_of(people: dict[int, list[AuditEvent]], seats) -> Touched:
    """Each role in which these people sit."""
    pairs = seats.filter(person__in=people).order_by("role_id").values_list("person_id", "role_id").distinct()
    for person, role in pairs:
        yield from ((event, "role", role) for event in people[person])


def held_by_leavers(told: Sequence[AuditEvent]) -> Touched:
    """What people hold whose last day is known now, up to that day."""
    until_then = Q(ends_on=None) | Q(ends_on__gte=F("person__last_day")) | Q(cut_by_leaving=True)
    return _roles_of(_subjects(told), Assignment.objects.approved().filter(until_then))


def held_now(told: Sequence[AuditEvent]) -> Touched:
    """What these people hold today or from a day to come."""
    day = clock.today()
    return _roles_of(_subjects(told), Assignment.objects.approved().filter(Q(ends_on=None) | Q(ends_on__gte=day)))


def held_under_exception(told: Sequence[AuditEvent]) -> Touched:
    """What the people hold whose exception is over."""
    by_exception = _subjects(told)
    people: dict[int, list[AuditEvent]] = defaultdict(list)
    for pk, person in SeparationException.objects.filter(pk__in=by_exception).values_list("pk", "person_id"):
        people[person] += by_exception[pk]
    return _roles_of(people, Assignment.objects.current(clock.today()))


def role_of_seat(told: Sequence[AuditEvent]) -> Touched:
    """The role of an assignment."""
    seats = _subjects(told)
    for pk, role in Assignment.objects.filter(pk__in=seats).order_by("pk").values_list("pk", "role_id"):
        yield from ((event, "role", role) for event in seats[pk])


def new_services(told: Sequence[AuditEvent]) -> Touched:
    """Cloud services and suppliers; other assets are reviewed with the year."""
    assets = _subjects(told)
    for pk in Asset.objects.filter(pk__in=assets, kind__in=SERVICES).order_by("pk").values_list("pk", flat=True):
        yield from ((event, "asset", pk) for event in assets[pk])


def _in_areas(event: AuditEvent, areas: Iterable[int], roles: Iterable[int] = ()) -> Touched:
    here = Role.objects.active().filter(Q(area__in=list(areas)) | Q(pk__in=list(roles)))
    for role in here.order_by("pk").values_list("pk", flat=True):
        yield event, "role", role


def restructured(told: Sequence[AuditEvent]) -> Touched:
    """The roles of the areas that a restructure names, and the whole."""
    for event in told:
        areas = RestructureArea.objects.filter(restructure=int(event.subject_id)).values_list("area_id", flat=True)
        yield from _in_areas(event, areas)
    yield from the_one("whole")(told)


def declared(told: Sequence[AuditEvent]) -> Touched:
    """What the declaration names, and the whole."""
    rows = DeclaredChange.objects.prefetch_related("areas", "roles").in_bulk([int(event.subject_id) for event in told])
    for event in told:
        row = rows[int(event.subject_id)]
        yield from _in_areas(event, [area.pk for area in row.areas.all()], [role.pk for role in row.roles.all()])
    yield from the_one("whole")(told)


def anomalies(told: Sequence[AuditEvent]) -> Touched:
    """The role that whoever reported it names; without one, the whole."""
    roles = dict(Anomaly.objects.filter(pk__in=_subjects(told)).values_list("pk", "role_id"))
    active = set(Role.objects.active().filter(pk__in=filter(None, roles.values())).values_list("pk", flat=True))
    nameless = []
    for event in told:
        role = roles.get(int(event.subject_id))
        if role in active:
            yield event, "role", role
        else:
            nameless.append(event)
    if nameless:
        yield from the_one("whole")(nameless)
