"""Roles and people as rows of a sheet."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ismsroles.core.access import visible_to
from roles.models import Assignment, Person, Role

ROLE_HEADERS = [
    _("Role"), _("State"), _("Kind"), _("Area"), _("Reports to"), _("Holders"), _("Deputies"), _("Waiting for approval"),
    _("Purpose"), _("Clauses"), _("Responsibilities"), _("Authorities"), _("Competences"),
]  # fmt: skip
PEOPLE_HEADERS = [
    _("Personnel number"), _("Name"), _("E-mail"), _("Kind"), _("Employer"), _("Job title"), _("Area"), _("Line manager"),
    _("First day"), _("Last day"), _("Holds today"), _("Signs in"),
]  # fmt: skip


def role_rows(roles: Iterable[Role]) -> list[list]:
    """One row a role; several holders or responsibilities stand below each other in one cell."""
    return [_role_row(role) for role in roles]


def _role_row(role: Role) -> list:
    seats = [_lines(one.person for one in seated) for seated in (role.holders, role.deputies, role.proposed)]
    words = [_lines(role.responsibilities.all()), _lines(role.authorities.all()), _lines(role.competence_lines)]
    return [
        role.title, str(role.get_state_display()), str(role.get_kind_display()), str(role.area or ""),
        str(role.reports_to or ""), *seats, role.purpose, ", ".join(role.clauses), *words,
    ]  # fmt: skip


def _lines(things: Iterable) -> str:
    return "\n".join(str(thing) for thing in things)


COLUMNS = (
    "pk", "external_id", "name", "email", "phone", "kind", "employer", "job_title", "area__name", "manager__email", "manager__name",
    "starts_on", "last_day", "user_id",
)  # fmt: skip


def people_rows(people: QuerySet[Person], user, day: date) -> list[list]:
    """One row a person, in the columns that an import understands, and what they hold. Two queries, no objects: there may be many."""
    held: dict[int, list[str]] = {}
    now = visible_to(user, Assignment).current(day).filter(person__in=people.order_by())
    for person_id, title in now.values_list("person_id", "role__title").order_by("role__title"):
        held.setdefault(person_id, []).append(title)
    kinds = {kind: str(words) for kind, words in Person.KINDS}
    signs_in = {True: str(_("yes")), False: str(_("no"))}
    return [_person_row(row, kinds, held, signs_in) for row in people.values_list(*COLUMNS)]


def _person_row(row: tuple, kinds: dict[str, str], held: dict[int, list[str]], signs_in: dict[bool, str]) -> list:
    (
        pk,
        number,
        name,
        email,
        phone,
        kind,
        employer,
        job,
        area,
        manager_email,
        manager_name,
        starts_on,
        last_day,
        user_id,
    ) = row
    return [
        number or "", name, email, phone, kinds[kind], employer, job, area or "", manager_email or manager_name or "", starts_on,
        last_day, "\n".join(held.get(pk, [])), signs_in[user_id is not None],
    ]  # fmt: skip
