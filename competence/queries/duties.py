"""Everyone's duties: how they are worded, who has acknowledged this wording, who has not (K6)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from competence.models import Acknowledgement
from competence.policy import people_seen
from ismsroles.core import clock
from ismsroles.core.shown import fingerprint
from roles.models import Person, Responsibility, Role

DAYS = 30


@dataclass(frozen=True)
class Duties:
    """A role that everybody holds, as it is worded now, and since when."""

    role: Role
    lines: tuple[str, ...]
    since: date

    @property
    def wording(self) -> str:
        return fingerprint([self.role.pk, list(self.lines)])

    def due_on(self, joined: date | None) -> date:
        """Thirty days after joining, or after the wording changed."""
        return max(self.since, joined or self.since) + timedelta(days=DAYS)


def duties() -> list[Duties]:
    """Every role in force that everybody holds; three queries."""
    roles = list(Role.objects.active().filter(kind="everyone"))
    if not roles:
        return []
    lines: dict[int, list[str]] = {role.pk: [] for role in roles}
    for role, text in Responsibility.objects.filter(role__in=roles).values_list("role_id", "text"):
        lines[role].append(text)
    past = Responsibility.history.filter(role_id__in=lines).order_by().values_list("role_id")
    changed = dict(past.annotate(at=Max("history_date")))
    return [Duties(role, tuple(lines[role.pk]), _day(changed.get(role.pk))) for role in roles if lines[role.pk]]


def _day(moment: datetime | None) -> date:
    return (moment or clock.now()).astimezone(clock.zone()).date()


@dataclass(frozen=True)
class Reader:
    """One person and whether they have acknowledged."""

    pk: int
    name: str
    area: str
    at: datetime | None
    signed_list: int | None  # the paper on which they signed
    due_on: date


def readers(one: Duties, day: date, people=None) -> list[Reader]:
    """Everybody who is there (or these people), who has not acknowledged first; two queries for five thousand."""
    rows = Acknowledgement.objects.filter(role=one.role, wording=one.wording).order_by()
    given = {pk: (at, paper) for pk, at, paper in rows.values_list("person_id", "acknowledged_at", "signed_list_id")}
    rows = (Person.objects.all() if people is None else people).current(day).order_by("name_key", "pk")
    found = [
        Reader(pk, name, area or "", *given.get(pk, (None, None)), one.due_on(joined))
        for pk, name, area, joined in rows.values_list("pk", "name", "area__name", "starts_on")
    ]
    return sorted(found, key=lambda reader: reader.at is not None)


def readers_seen(one: Duties, user, day: date) -> list[Reader]:
    """Those whom this user sees by name."""
    return readers(one, day, people_seen(user))
