"""Whom an auditor should talk to, and what each of them should know (D8)."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from ismsroles.core.sampling import sample
from roles.models import Assignment, Person
from roles.queries.held import HeldRole, held_roles

MOST = 12  # duties and authorities on one sheet; the role's page has them all


@dataclass
class Sheet:
    """One person, the roles they are asked about, and what they should be able to say."""

    person: Person
    roles: list[str] = field(default_factory=list)
    knows: list[str] = field(default_factory=list)
    why: str = ""


def key_people(day: date) -> list[Sheet]:
    """Everybody who holds a role today: top management and the information security manager first."""
    sheets: dict[int, Sheet] = {}
    first = sorted(held_roles(day), key=lambda held: (_rank(held), held.role.title.casefold()))
    for held in first:
        if held.role.kind != "everyone":
            for seat in [*held.holders, *held.deputies]:
                _note(sheets.setdefault(seat.person_id, Sheet(seat.person)), held, seat)
    return list(sheets.values())


def _rank(held: HeldRole) -> int:
    return {"top_management": 0, "ism": 1}.get(held.role.persona, 2)


def _note(sheet: Sheet, held: HeldRole, seat: Assignment) -> None:
    title = held.role.title
    sheet.roles.append(_("%s (deputy)") % title if seat.seat == "deputy" else title)
    room = MOST - len(sheet.knows)
    sheet.knows += [duty.text for duty in held.duties][: max(room, 0)]
    sheet.knows += [
        _("May: %(what)s (%(limit)s)") % {"what": one.text, "limit": one.limit or _("no limit written")}
        for one in held.authorities
    ][: max(MOST - len(sheet.knows), 0)]


def everybody_sampled(day: date, size: int, seed: str) -> list[Sheet]:
    """People of all levels, picked at random so that it can be repeated, with what everyone should know."""
    people = {one.pk: one for one in Person.objects.current(day)}
    knows = [duty.text for held in held_roles(day) if held.role.kind == "everyone" for duty in held.duties][:MOST]
    asked = [_("Whom do you tell when a laptop is lost?"), _("Who is the information security manager?"), *knows]
    return [Sheet(people[pk], knows=asked) for pk in sample(people, size, seed)]
