"""Who is told that somebody leaves: the leaver, the line manager, the information security manager, the deputies (A6).

One message for each of them, however much ends and however many leave with one list."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.notices.telling import Telling, tell_many
from roles.actions.readers import reader_of
from roles.models import Assignment, Person
from roles.terms import in_words


def tell_leaving(people: Sequence[Person]) -> None:
    """One message each: to the leaver what ends, to the others who leaves and what that means for them."""
    prefetch_related_objects(people, "manager")
    around = _around(people)
    lines: dict[Person, list[str]] = defaultdict(list)
    for deputy, line in _stand_ins(people, around):
        lines[deputy].append(line)
    for person in people:
        for reader in {person.manager, *_security_managers(around)} - {None, person}:
            lines[reader] += _of_leaver(person)
    told = [_to_leaver(person) for person in people if _is_reached(person)]
    told += [_to_reader(reader, said) for reader, said in lines.items() if _is_reached(reader)]
    tell_many(told)


def tell_staying(person: Person) -> None:
    """Those who were told that somebody leaves are told that they stay."""
    said = _listed(person) or [_("Nothing had ended yet.")]
    readers = {person, person.manager, *_security_managers(_around([person]))} - {None}
    url, words = person.get_absolute_url(), {"person": person, "lines": said}
    tell_many(_telling("leaving.stays", one, url, **words) for one in readers if _is_reached(one))


def _to_leaver(person: Person) -> Telling:
    said = _listed(person) or [_("Nothing: you hold no role.")]
    return _telling("leaving.own", person, "", day=person.last_day, lines=said)


def _to_reader(reader: Person, said: list[str]) -> Telling:
    return _telling("leaving.told", reader, reverse("home"), lines=list(dict.fromkeys(said)))


def _of_leaver(person: Person) -> list[str]:
    words = {"person": person, "day": in_words(person.last_day)}
    ends = _listed(person) or [_("Nothing ends.")]
    return [_("%(person)s leaves; %(day)s is the last day.") % words, *(f"{person}: {line}" for line in ends)]


def _listed(person: Person) -> list[str]:
    return [outcome.sentence for outcome in person.outcomes]


def _around(people: Sequence[Person]) -> list[Assignment]:
    """Everybody in the roles that these people hold, and who keeps the register: one query."""
    held = Assignment.objects.approved().filter(person__in=people, seat="primary").values("role")
    rows = Assignment.objects.approved().filter(Q(role__in=held) | Q(role__persona="ism", role__state="active"))
    return list(rows.select_related("role", "person").order_by("pk"))


def _stand_ins(people: Sequence[Person], around: list[Assignment]) -> Iterator[tuple[Person, str]]:
    """(deputy, sentence) for each role of a leaver that a deputy takes up on the day after."""
    last_days = {person.pk: person.last_day for person in people}
    deputies: dict[tuple[int, int | None], list[Assignment]] = defaultdict(list)
    for seat in around:
        if seat.seat == "deputy" and seat.person_id not in last_days:
            deputies[seat.role_id, seat.area_id].append(seat)
    for seat in around:
        if seat.seat != "primary" or seat.ends_on is None or seat.ends_on != last_days.get(seat.person_id):
            continue
        day = seat.ends_on + timedelta(days=1)
        for deputy in deputies[seat.role_id, seat.area_id]:
            if deputy.is_current(day):
                words = {"person": seat.person, "role": seat.role, "day": in_words(day)}
                sentence = _("%(person)s leaves. You stand in for %(role)s from %(day)s until somebody follows.")
                yield deputy.person, sentence % words


def _security_managers(around: list[Assignment]) -> set[Person]:
    """Who keeps the register today."""
    today = clock.today()
    return {s.person for s in around if s.role.persona == "ism" and s.seat == "primary" and s.is_current(today)}


def _is_reached(person: Person) -> bool:
    return bool(person.email) and person.is_current(clock.today())


def _telling(code: str, reader: Person, url: str, **params: object) -> Telling:
    moment = clock.now().strftime("%Y%m%d%H%M%S%f")
    return Telling(code, reader_of(reader), moment, url, params=params)
