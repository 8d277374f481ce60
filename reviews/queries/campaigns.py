"""Who has acknowledged and who has not: worked out from who is there, so leavers drop out and joiners come in (K2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from ismsroles.core.access import visible_to
from ismsroles.records import kinds
from ismsroles.records.models import Version
from reviews.models import Campaign, Reading
from roles.models import Person


@dataclass(frozen=True)
class Progress:
    """How far an area, or everybody, is."""

    name: str
    asked: int
    read: int

    @property
    def missing(self) -> int:
        return self.asked - self.read

    @property
    def percent(self) -> int:
        """Rounded down: 100 means everybody."""
        return self.read * 100 // self.asked if self.asked else 100


def day_of(campaign: Campaign, today: date) -> date:
    """The day on which it is looked at: today, or the day on which it was closed."""
    return min(campaign.closed_on or today, today)


def asked(campaign: Campaign, day: date, people: QuerySet | None = None) -> QuerySet[Person]:
    """Everybody who is there on that day, with when they acknowledged."""
    own = Reading.objects.filter(campaign=campaign, person=OuterRef("pk"))
    rows = (Person.objects.all() if people is None else people).current(day)
    return rows.annotate(read_at=Subquery(own.values("at")[:1]), sheet=Subquery(own.values("sheet")[:1]))


def missing(campaign: Campaign, day: date, people: QuerySet | None = None) -> QuerySet[Person]:
    """Those who have not."""
    own = Reading.objects.filter(campaign=campaign, person=OuterRef("pk"))
    return (Person.objects.all() if people is None else people).current(day).exclude(Exists(own))


def on_paper(campaign: Campaign, day: date) -> QuerySet[Person]:
    """Those who have not, and cannot sign in: they acknowledge on paper."""
    return missing(campaign, day).filter(Q(user=None) | Q(user__is_active=False))


def per_area(campaign: Campaign, day: date) -> list[Progress]:
    """Each area with how many were asked and how many have; one query, however many people there are."""
    read = Count("pk", filter=Q(pk__in=Reading.objects.filter(campaign=campaign).values("person")))
    rows = Person.objects.current(day).order_by().values("area__name").annotate(asked=Count("pk"), read=read)
    found = [Progress(row["area__name"] or _("No area"), row["asked"], row["read"]) for row in rows]
    return sorted(found, key=lambda one: (one.percent, one.name.casefold()))


def whole(areas: list[Progress]) -> Progress:
    """Everybody."""
    return Progress(_("Everybody"), sum(one.asked for one in areas), sum(one.read for one in areas))


def offered(user) -> QuerySet[Version]:
    """Versions in force that everybody may read, and that are not being acknowledged."""
    everybodys = [kind.code for kind in kinds.known() if kind.for_everybody]
    rows = visible_to(user, Version).filter(state="published", kind__in=everybodys)
    return rows.exclude(campaigns__state="open").order_by("title", "-pk")


def to_read(person: Person) -> QuerySet[Campaign]:
    """The campaigns in which this person has not acknowledged yet."""
    given = Reading.objects.filter(campaign=OuterRef("pk"), person=person)
    return Campaign.objects.filter(~Exists(given), state="open").select_related("version").order_by("opened_on", "pk")


def late(campaign: Campaign, today: date) -> int:
    """How many are beyond their day."""
    return sum(
        campaign.due_on(joined) < today for joined in missing(campaign, today).values_list("starts_on", flat=True)
    )


@dataclass(frozen=True)
class Line:
    """One person of the list or the file."""

    name: str
    area: str
    at: datetime | None
    due_on: date
    sheet: int | None = None  # the paper, for who acknowledged on one


def lines(campaign: Campaign, rows: QuerySet) -> Iterator[Line]:
    """The list in words."""
    found = rows.values_list("name", "area__name", "read_at", "starts_on", "sheet")
    for name, area, at, joined, sheet in found:
        yield Line(name, area or "", at, campaign.due_on(joined), sheet)
