"""Adopt roles from the starter library (R4)."""

from collections.abc import Callable, Iterable

from django.db import transaction

from ismsroles.core import events, history
from ismsroles.core.access import require
from roles.actions import register
from roles.models import Role
from roles.starter import StarterRole, for_size, library, superior_in

_also: list[Callable[[list[Role], object], None]] = []


def also_adopts(function: Callable[[list[Role], object], None]) -> Callable[[list[Role], object], None]:
    """The decorated function gets (adopted roles, actor) and brings along what its app has for them, in the same transaction."""
    _also.append(function)
    return function


@transaction.atomic
def adopt_roles(keys: Iterable[str], *, actor, size: str = "large", activate: bool = True) -> list[Role]:
    """Copy these starter roles into the register, superiors first; one that is there already is left alone.

    `size` small or medium: the duties of roles that such an organisation does without are folded into those it has."""
    require(actor, "roles.starter.adopt")
    offered = {**library(), **{starter.key: starter for starter in for_size(size)}}
    wanted = [offered[key] for key in dict.fromkeys(keys) if key in offered]
    present = {role.starter_key: role for role in Role.objects.exclude(starter_key="").exclude(state="retired")}
    titles = {title.lower() for title in Role.objects.exclude(state="retired").values_list("title", flat=True)}
    new = [starter for starter in wanted if starter.key not in present and starter.title.lower() not in titles]
    adopted = [_adopt(starter, actor) for starter in new]
    _link(adopted, present | {role.starter_key: role for role in adopted}, actor)
    if activate:
        for role in adopted:
            register.activate_role(role, actor=actor)
    for bring in _also:
        bring(adopted, actor)
    return adopted


def _adopt(starter: StarterRole, actor) -> Role:
    role = history.save(
        Role(
            title=starter.title, purpose=starter.purpose, kind=starter.kind, persona=starter.persona, clauses=list(starter.clauses),
            competences="\n".join(starter.competences), starter_key=starter.key,
        ),
        actor=actor,
    )  # fmt: skip
    events.record("role.adopted", actor=actor, subject=role)
    must = [register.add_responsibility(role, text, actor=actor) for text in starter.responsibilities]
    for authority in starter.authorities:
        register.add_authority(
            role, actor=actor, text=authority.text, limit_kind=authority.limit_kind, limit=authority.limit,
            serves=[must[index] for index in authority.serves],
        )  # fmt: skip
    return role


def _link(adopted: list[Role], present: dict[str, Role], actor) -> None:
    """Reporting lines among the roles that are there; a superior that was not adopted is skipped upwards."""
    for role in adopted:
        superior = superior_in(library()[role.starter_key], set(present) - {role.starter_key})
        if superior:
            register.change_role(role, actor=actor, reports_to=present[superior])
