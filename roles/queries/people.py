"""People as their list and their page show them (A1)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ismsroles.core import clock
from ismsroles.core.access import visible_to
from roles.models import Area, Assignment, Person
from roles.models.people import AreaUserObjectPermission
from roles.queries.register import STANDINGS, last_day_of, standing_of

ORDERS = {"name": F("name_key"), "area": Lower("area__name"), "starts": F("starts_on"), "ends": F("last_day")}


def questions(day: date) -> dict[str, tuple[object, Q]]:
    """The saved questions of the list on this day; the last day counts as being there."""
    here = (Q(starts_on=None) | Q(starts_on__lte=day)) & (Q(last_day=None) | Q(last_day__gte=day))
    return {
        "": (_("Current"), here),
        "outside": (_("Outside"), here & ~Q(kind="employee")),
        "leaving": (_("Leaving"), Q(last_day__gte=day)),
        "no-login": (_("Without login"), here & Q(user=None)),
        "coming": (_("Not here yet"), Q(starts_on__gt=day)),
        "left": (_("Left"), Q(last_day__lt=day)),
    }


def people(user, *, words: str = "", area: int | None = None) -> QuerySet[Person]:
    """The people that the user may see, narrowed."""
    rows = visible_to(user, Person).found_by(words)
    return rows if area is None else rows.filter(area_id=area)


def ordered(rows: QuerySet[Person], sort: str) -> QuerySet[Person]:
    """Sorted as the heading asks; by name when it asks nothing we know."""
    key = ORDERS.get(sort.removeprefix("-"))
    if key is None or sort == "name":
        return rows.order_by("name_key", "pk")
    first = key.desc(nulls_last=True) if sort.startswith("-") else key.asc(nulls_last=True)
    return rows.order_by(first, "name_key", "pk")


def with_holdings(listed: Iterable[Person], user, day: date) -> list[Person]:
    """Give each person `holdings`, what they hold today: one query for the whole page."""
    by_person: dict[int, list[Assignment]] = defaultdict(list)
    rows = list(listed)
    held = visible_to(user, Assignment).current(day).filter(person__in=[person.pk for person in rows])
    for assignment in held.select_related("role").order_by("role__title", "pk"):
        by_person[assignment.person_id].append(assignment)
    for person in rows:
        person.holdings = by_person[person.pk]
    return rows


def holdings_of(person: Person, user, day: date) -> list[Assignment]:
    """What the person holds, will hold, held, or is proposed for, the present first."""
    rows = visible_to(user, Assignment).filter(person=person).select_related("role", "area", "team")
    found = list(rows.order_by("-starts_on", "-pk")[:200])
    for assignment in found:
        assignment.person, assignment.until = person, last_day_of(assignment)
        assignment.standing = standing_of(assignment, day)
    return sorted(found, key=lambda a: STANDINGS.index(a.standing))


def what_a_last_day_ends(person: Person, day: date) -> list[Assignment]:
    """What the person holds or is proposed for now, and so loses with their last day (rule 5)."""
    rows = Assignment.objects.filter(person=person, state__in=["approved", "proposed"]).exclude(ends_on__lt=day)
    return list(rows.select_related("role").order_by("role__title", "pk"))


def represented_by(person: Person) -> QuerySet[Area]:
    """The areas that the person looks after."""
    if person.user_id is None:
        return Area.objects.none()
    return Area.objects.filter(pk__in=_grants().filter(user_id=person.user_id).values("content_object_id"))


def representatives_of(area: Area) -> QuerySet[Person]:
    """The people who look after this area itself; who has left looks after none."""
    granted = _grants().filter(content_object=area).values("user_id")
    return Person.objects.current(clock.today()).filter(user__in=granted)


def _grants() -> QuerySet[AreaUserObjectPermission]:
    return AreaUserObjectPermission.objects.filter(permission__codename="represent_area")
