"""Roles as their list and their page show them (R1–R3, A2)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import DateField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least, Lower
from django.utils.translation import gettext_lazy as _

from ismsroles.core import clock
from ismsroles.core.access import may, visible_to
from ismsroles.core.names import search_key
from roles.models import Assignment, Authority, AuthorityServes, Responsibility, Role
from roles.policy import all_areas, standing

QUESTIONS = {
    "": (_("All"), ~Q(state="retired")),
    "vacant": (_("Vacant"), Q(state="active", is_held=False) & ~Q(kind="everyone")),
    "no-deputy": (_("No deputy"), Q(state="active", kind="one", has_deputy=False)),
    "waiting": (_("Waiting for approval"), Q(is_waiting=True)),
    "no-authority": (_("No authority"), ~Q(state="retired") & Q(lacks_authority=True)),
    "draft": (_("Draft"), Q(state="draft")),
    "retired": (_("Retired"), Q(state="retired")),
}
ORDERS = {"name": Lower("title"), "area": Lower("area__name"), "kind": "kind", "state": "state"}


def roles(user, day: date) -> QuerySet[Role]:
    """The roles that the user may see, each with what is asked of it in a list: held, deputised, waiting, without authority."""
    seats = Assignment.objects.current(day).filter(role=OuterRef("pk"))
    waiting = visible_to(user, Assignment).pending().filter(role=OuterRef("pk"))
    served = AuthorityServes.objects.filter(responsibility=OuterRef("pk"))
    bare = Responsibility.objects.filter(~Exists(served), role=OuterRef("pk"))
    return visible_to(user, Role).annotate(
        is_held=Exists(seats.filter(seat="primary")),
        has_deputy=Exists(seats.exclude(seat="primary")),
        is_waiting=Exists(waiting),
        lacks_authority=Exists(bare),
    )


def found(rows: QuerySet[Role], words: str, day: date) -> QuerySet[Role]:
    """Roles that say every word, or that somebody of that name holds or deputises today."""
    if not words:
        return rows
    held = Assignment.objects.current(day).filter(role=OuterRef("pk"))
    for word in search_key(words).split():
        held = held.filter(person__name_key__contains=word)
    said = Role.objects.found_by(words).values("pk")
    return rows.filter(Q(pk__in=said) | Exists(held))


def ordered(rows: QuerySet[Role], sort: str) -> QuerySet[Role]:
    """Sorted as the heading asks; by title when it asks nothing we know."""
    name = sort.removeprefix("-")
    key = ORDERS.get(name, ORDERS["name"])
    way = key if not isinstance(key, str) else Lower(key)
    first = way.desc(nulls_last=True) if sort.startswith("-") and name in ORDERS else way.asc(nulls_last=True)
    return rows.order_by(first, Lower("title"), "pk")


def with_seats(listed: Iterable[Role], user, day: date) -> list[Role]:
    """Give each role its `holders`, `members` of a team, `deputies`, `coming` and `proposed`: one query for all of them."""
    by_role = {role.pk: role for role in listed}
    for role in by_role.values():
        role.holders, role.members, role.deputies, role.coming, role.proposed = [], [], [], [], []
    for assignment in seats_of(by_role, user, day):
        _sit(by_role[assignment.role_id], assignment, day)
    return list(by_role.values())


def with_vacancies(rows: QuerySet[Role], day: date) -> QuerySet[Role]:
    """Roles with the last day on which somebody held them, and since when they are in force: no query of its own."""
    far = Value(date.max, output_field=DateField())
    until = Least(Coalesce("ends_on", far), Coalesce("person__last_day", far), output_field=DateField())
    held = Assignment.objects.approved().filter(role=OuterRef("pk"), seat="primary", starts_on__lte=day)
    begun = Role.history.filter(id=OuterRef("pk"), state="active").order_by("history_date")
    return rows.annotate(
        last_held=Subquery(held.annotate(until=until).order_by("-until").values("until")[:1]),
        in_force_since=Subquery(begun.values("history_date")[:1]),
    )


def since_when_vacant(role: Role, day: date) -> date | None:
    """The first day without a holder of a role that nobody holds today (A7)."""
    if role.state != "active" or role.kind == "everyone" or role.holders:
        return None
    if role.last_held is not None and role.last_held < day:
        return role.last_held + timedelta(days=1)
    return role.in_force_since.astimezone(clock.zone()).date() if role.in_force_since else None


def seats_of(roles_or_pks: Iterable, user, day: date) -> QuerySet[Assignment]:
    """Who holds, will hold or is proposed for these roles, as far as the user may see it."""
    taken = visible_to(user, Assignment).filter(role__in=list(roles_or_pks), state__in=["approved", "proposed"])
    return taken.exclude(ends_on__lt=day).select_related("person", "area", "team").order_by("starts_on", "pk")


def _sit(role: Role, assignment: Assignment, day: date) -> None:
    assignment.until = last_day_of(assignment)
    if assignment.state == "proposed":
        role.proposed.append(assignment)
    elif assignment.is_current(day):
        seated = {"primary": role.holders, "member": role.members}
        seated.get(assignment.seat, role.deputies).append(assignment)
    elif assignment.starts_on > day:
        role.coming.append(assignment)


def last_day_of(assignment: Assignment) -> date | None:
    """The last day on which it counts: that of the term or that of the person, whichever comes first (design rule 4)."""
    days = [day for day in (assignment.ends_on, assignment.person.last_day) if day is not None]
    return min(days, default=None)


def written_out(rows: QuerySet[Role]) -> QuerySet[Role]:
    """With all that is written about each role, in a fixed number of queries."""
    links = Prefetch("authorities", Authority.objects.order_by("position", "pk"))
    must = Prefetch("responsibilities", Responsibility.objects.prefetch_related(links, "duty_links__tag"))
    return rows.select_related("area", "reports_to").prefetch_related(
        must, Prefetch("authorities", Authority.objects.prefetch_related("serves"))
    )


def with_texts(rows: QuerySet[Role]) -> QuerySet[Role]:
    """With responsibilities and authorities as texts, not what serves what."""
    return rows.select_related("area", "reports_to").prefetch_related("responsibilities", "authorities")


def terms_of(role: Role, user, day: date) -> list[Assignment]:
    """Everybody who was, is, will be or is proposed, the present first, then the newest; as far as the user may see it."""
    rows = (
        visible_to(user, Assignment)
        .filter(role=role)
        .select_related("person", "person__area", "area", "team", "decided_by", "letter")
    )
    found_terms = list(rows.order_by("-starts_on", "-pk")[:TERMS_SHOWN])
    for assignment in found_terms:
        assignment.role, assignment.until = role, last_day_of(assignment)
        assignment.standing = standing_of(assignment, day)
    return sorted(
        found_terms, key=lambda a: (STANDINGS.index(a.standing), ("primary", "member", "deputy").index(a.seat))
    )


TERMS_SHOWN = 200
STANDINGS = ("now", "waiting", "coming", "over", "refused")


def standing_of(assignment: Assignment, day: date) -> str:
    """Where an assignment stands today: now, waiting, coming, over, or refused."""
    if assignment.state != "approved":
        return "waiting" if assignment.state == "proposed" else "refused"
    if assignment.is_current(day):
        return "now"
    return "coming" if assignment.starts_on > day else "over"


def area_choices(user) -> list[tuple[int, str]]:
    """The areas a list can be narrowed to."""
    return [(pk, name) for pk, name, _parent, _granted in all_areas(user)] if may(user, "roles.register.see") else []


def narrowed(rows: QuerySet[Role], day: date, *, words: str, area: int | None) -> QuerySet[Role]:
    """Narrowed by words and area."""
    rows = found(rows, words, day)
    return rows if area is None else rows.filter(area_id=area)


def proposes(user) -> bool:
    """Whether the user may propose anybody at all: anywhere, or in an area that they represent."""
    return may(user, "roles.assignment.propose", None) or bool(standing(user).represents)
