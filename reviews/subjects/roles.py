"""Roles and assignments as reviewable things (V1). A role's review shows its holders, and so reviews their assignments too."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.reviewable import Kind, Line, People, register
from reviews.subjects.common import first_written, holders, term
from roles.models import Assignment, Role


def _roles(day: date) -> QuerySet[Role]:
    return Role.objects.active().annotate(since=first_written(Role, state="active"))


def _concerned(rows: Sequence[Role], day: date) -> People:
    return holders([row.pk for row in rows], day)


def _superiors(rows: Sequence[Role], day: date) -> People:
    above = holders([row.reports_to_id for row in rows], day)
    return {row.pk: above.get(row.reports_to_id, []) for row in rows}


def _seated(rows: Sequence[Role], day: date) -> People:
    return holders([row.pk for row in rows if row.kind != "everyone"], day, deputies=True)


def role_lines(role: Role, day: date) -> Iterator[Line]:
    """What the role is, each thing it must do, each thing it may decide, and everybody in it today."""
    yield from _about(role)
    edit = reverse("role", args=[role.pk])
    for duty in role.responsibilities.all():
        change = reverse("responsibility-edit", args=[duty.pk])
        yield Line(f"responsibility-{duty.pk}", _("Must do"), duty.text, change_url=change)
    for may in role.authorities.prefetch_related("serves"):
        serves = tuple(_("serves: %(text)s") % {"text": duty.text} for duty in may.serves.all())
        text = f"{may.text} ({may.limit})" if may.limit else may.text
        yield Line(f"authority-{may.pk}", _("May decide"), text, serves, change_url=edit)
    if role.kind != "everyone":
        yield from _seats(role, day)


def _about(role: Role) -> Iterator[Line]:
    facts = [role.get_kind_display(), str(role.area) if role.area else "", _superior(role), ", ".join(role.clauses)]
    purpose = role.purpose or _("No purpose is written.")
    change = reverse("role-edit", args=[role.pk])
    yield Line(
        "role", _("What it is"), f"{role.title}: {purpose}", tuple(str(f) for f in facts if f), change_url=change
    )


def _superior(role: Role) -> str:
    return _("reports to %(role)s") % {"role": role.reports_to} if role.reports_to else ""


def _seats(role: Role, day: date) -> Iterator[Line]:
    seats = Assignment.objects.current(day).filter(role=role).select_related("person", "area")
    rows = list(seats.order_by("-seat", "person__name_key", "pk"))
    for seat in rows:
        yield _seat_line(seat, _("Who holds it"))
    if not any(seat.seat == "primary" for seat in rows):
        propose = f"{reverse('propose')}?role={role.pk}"
        yield Line("vacant", _("Who holds it"), _("Nobody holds it today."), change_url=propose)


def _seat_line(seat: Assignment, group: str) -> Line:
    last = min((day for day in (seat.ends_on, seat.person.last_day) if day), default=None)
    facts = [term(seat.starts_on, last), str(seat.get_filled_as_display()), str(seat.area) if seat.area else ""]
    text = _("%(person)s, %(seat)s") % {"person": seat.person, "seat": seat.get_seat_display()}
    key, covers = f"assignment-{seat.pk}", ("assignment", seat.pk)
    return Line(key, group, text, tuple(f for f in facts if f), covers, change_url=seat.get_absolute_url())


ROLE = register(
    Kind(
        "role",
        gettext_lazy("Roles"),
        gettext_lazy("role"),
        _roles,
        role_lines,
        concerned=_concerned,
        nearest=_superiors,
        asked=_seated,
        label_of="roles.role",
    )
)


def _assignments(day: date) -> QuerySet[Assignment]:
    rows = Assignment.objects.current(day).filter(role__state="active").select_related("role", "person")
    return rows.annotate(since=Coalesce("decided_at", "proposed_at"))


def _person(rows: Sequence[Assignment], day: date) -> People:
    return {row.pk: [row.person_id] for row in rows}


def _managers(rows: Sequence[Assignment], day: date) -> People:
    return {row.pk: [row.person.manager_id] for row in rows if row.person.manager_id}


def _both(rows: Sequence[Assignment], day: date) -> People:
    return {row.pk: [one for one in (row.person.manager_id, row.person_id) if one] for row in rows}


def assignment_lines(seat: Assignment, day: date) -> Iterator[Line]:
    """Who sits where, until when, and what the seat asks of them."""
    yield _seat_line(seat, _("The assignment"))
    duties = seat.role.responsibilities.count()
    facts = (_("%(n)d responsibilities") % {"n": duties}, *seat.role.competence_lines)
    text = _("The person can carry out what %(role)s must do, and does") % {"role": seat.role}
    yield Line("fit", _("The person"), text, facts, change_url=seat.role.get_absolute_url())


ASSIGNMENT = register(
    Kind(
        "assignment",
        gettext_lazy("Assignments"),
        gettext_lazy("assignment"),
        _assignments,
        assignment_lines,
        concerned=_person,
        nearest=_managers,
        asked=_both,
        label_of="roles.assignment",
    )
)
