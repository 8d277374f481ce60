"""The register as questions for one person (K5): their own duties and limits, the answers page, the authorisation levels."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from competence.understanding import Fact
from roles.holdings import holdings
from roles.models import AuthorisationLevel, Authority, Person, Question, Responsibility, Role


def facts(person: Person, on: date) -> list[Fact]:
    """Everything that this person can be asked today; a fixed number of queries. Of a delegated role only what was delegated is theirs."""
    roles = {role.pk: role for role in Role.objects.active()}
    held = [one for one in holdings([person.pk], on, on) if one.role in roles]
    own = {one.role for one in held if one.responsibilities is None}
    some = {duty for one in held for duty in one.responsibilities or ()}
    everybody = {pk for pk, role in roles.items() if role.kind == "everyone"}
    duties = list(Responsibility.objects.filter(role__in=roles).order_by("pk"))
    return [
        *_duties(duties, roles, own - everybody, some, everybody),
        *_limits(roles, own),
        *_answers(roles),
        *_levels(roles),
    ]


def _duties(
    duties: list[Responsibility], roles: dict, own: set[int], some: set[int], everybody: set[int]
) -> Iterator[Fact]:
    """Which of these is yours? The others are of roles that the person does not hold."""
    others = tuple(duty.text for duty in duties if duty.role_id not in own | everybody and duty.pk not in some)
    for duty in duties:
        where = f"{reverse('role', args=[duty.role_id])}#duty-{duty.pk}"
        if duty.role_id in own or duty.pk in some:
            text = _("Which of these is yours to do, as %(role)s?") % {"role": roles[duty.role_id]}
            yield Fact("duty", f"duty-{duty.pk}", text, duty.text, where, others)
        elif duty.role_id in everybody:
            text = _("Which of these does everybody have to do?")
            yield Fact("everyone", f"duty-{duty.pk}", text, duty.text, where, others)


def _limits(roles: dict, own: set[int]) -> Iterator[Fact]:
    """Up to which limit may you decide it?"""
    rows = list(Authority.objects.filter(role__in=roles).exclude(limit="").order_by("pk"))
    for row in rows:
        if row.role_id in own:
            words = {"role": roles[row.role_id], "what": row.text}
            text = _("As %(role)s you may do this: “%(what)s” Up to which limit?") % words
            others = tuple(other.limit for other in rows if other.limit_kind == row.limit_kind and other.pk != row.pk)
            yield Fact("may", f"may-{row.pk}", text, row.limit, reverse("role", args=[row.role_id]), others)


def _answers(roles: dict) -> Iterator[Fact]:
    """The questions of the answers page: which role is it? Other roles that answer something are the wrong ones."""
    ties = ("responsibility__role", "authority__role", "level__role")
    rows = [
        row
        for row in Question.objects.filter(state="active").select_related(*ties).order_by("position", "pk")
        if row.tie.role_id in roles
    ]
    titles = {row.tie.role_id: str(row.tie.role) for row in rows}
    for row in rows:
        others = tuple(title for pk, title in titles.items() if pk != row.tie.role_id)
        yield Fact("ask", f"ask-{row.pk}", row.text, str(row.tie.role), f"{reverse('ask')}#q-{row.pk}", others)


def _levels(roles: dict) -> Iterator[Fact]:
    """Who may decide it? Roles that may decide the same kind of thing within other limits are never among the wrong ones."""
    rows = list(AuthorisationLevel.objects.filter(state="active", role__in=roles).select_related("role").order_by("pk"))
    for row in rows:
        same = {other.role_id for other in rows if (other.kind, other.own_kind) == (row.kind, row.own_kind)}
        others = tuple(str(other.role) for other in rows if other.role_id not in same)
        words = {"decision": row.decision, "what": row}
        text = _("%(decision)s: %(what)s. Which role may decide it?") % words
        yield Fact("level", f"level-{row.pk}", text, str(row.role), row.get_absolute_url(), others)
