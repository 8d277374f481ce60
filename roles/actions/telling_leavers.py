"""Who is told that somebody leaves: the leaver, the line manager, the information security manager, the deputies (A6).

One mail for each of them, however much ends and however many leave with one list."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.notices import mail
from roles.models import Assignment, Person
from roles.terms import in_words


def tell_leaving(people: Sequence[Person]) -> None:
    """One mail each: to the leaver what ends, to the others who leaves and what that means for them. Three queries in all."""
    prefetch_related_objects(people, "manager")
    around = _around(people)
    lines: dict[Person, list[str]] = defaultdict(list)
    for deputy, line in _stand_ins(people, around):
        lines[deputy].append(line)
    for person in people:
        for reader in {person.manager, *_security_managers(around)} - {None, person}:
            lines[reader].append(_of_leaver(person))
    mails = [_to_leaver(person) for person in people if _is_reached(person)]
    mails += [_to_reader(reader, said) for reader, said in lines.items() if _is_reached(reader)]
    mail.post_many(mails)


def tell_staying(person: Person) -> None:
    """Those who were told that somebody leaves are told that they stay."""
    said = _listed(person, _("– Nothing had ended yet."))
    text = _("Hello %(reader)s,\n\n%(person)s stays: the last day was taken back.\n\n%(said)s\n\n%(link)s\n")
    words = {"person": person, "said": said, "link": _link(person.get_absolute_url())}
    readers = {person, person.manager, *_security_managers(_around([person]))} - {None}
    subject = _("%(person)s stays") % words
    mail.post_many([_mail(one, subject, text % (words | {"reader": one})) for one in readers if _is_reached(one)])


def _to_leaver(person: Person) -> mail.Mail:
    text = _(
        "Hello %(person)s,\n\n%(day)s is recorded as your last day. What you hold here ends with it:\n\n%(said)s\n\n"
        "If the day is wrong, tell your line manager or the information security manager.\n"
    )
    words = {
        "person": person,
        "day": in_words(person.last_day),
        "said": _listed(person, _("– Nothing: you hold no role.")),
    }
    return _mail(person, _("Your last day is recorded"), text % words)


def _to_reader(reader: Person, said: list[str]) -> mail.Mail:
    text = _("Hello %(reader)s,\n\n%(said)s\n\nSign in to see what becomes free:\n\n%(link)s\n")
    words = {"reader": reader, "said": "\n\n".join(dict.fromkeys(said)), "link": _link(reverse("home"))}
    return _mail(reader, _("Somebody leaves"), text % words)


def _of_leaver(person: Person) -> str:
    words = {"person": person, "day": in_words(person.last_day), "said": _listed(person, _("– Nothing ends."))}
    return _("%(person)s leaves; %(day)s is the last day.\n%(said)s") % words


def _listed(person: Person, nothing: str) -> str:
    return "\n".join(f"– {outcome.sentence}" for outcome in person.outcomes) or nothing


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


def _mail(reader: Person, subject: str, text: str) -> mail.Mail:
    moment = clock.now().strftime("%Y%m%d%H%M%S%f")
    return mail.Mail(reader.email, subject, text, f"leaving-{reader.pk}-{moment}")


def _link(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path
