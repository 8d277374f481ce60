"""What must be true of an assignment when it is proposed and again when it is approved (design rules 3 and 4).

Upper apps add checks of a proposal with `also` (segregation of duties, competence) and things to know with `told`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ismsroles.core.errors import Invalid
from roles import terms
from roles.models import Assignment

_more: list[Callable[[Assignment, date], None]] = []
_notes: list[Callable[[Assignment, date], "Iterable[Note]"]] = []


@dataclass(frozen=True)
class Note:
    """One thing that was looked at: stop, warn, note or good, in a sentence."""

    severity: str
    sentence: str
    detail: str = ""
    url: str = ""  # where it is mended
    action: str = ""
    seen_by: Callable[[object], bool] | None = (
        None  # design rule 15: who may read this; nobody named: whoever sees the page
    )


def also(check: Callable[[Assignment, date], None]) -> Callable[[Assignment, date], None]:
    """The decorated function refuses, by raising, a proposal that cannot be."""
    _more.append(check)
    return check


def told(notes: "Callable[[Assignment, date], Iterable[Note]]") -> "Callable[[Assignment, date], Iterable[Note]]":
    """The decorated function yields what a proposer and a decider should know about an assignment."""
    _notes.append(notes)
    return notes


def refuse_unfit(assignment: Assignment, today: date) -> None:
    """Raises Invalid with the first thing that stands in the way."""
    for check in (_role_can_be_held, _area_fits, _person_is_there, _term_fits, _seat_is_free, *_more):
        check(assignment, today)


def look(assignment: Assignment, today: date, viewer: object = None) -> list[Note]:
    """What was checked, and what whoever proposes or decides should know; what stands in the way comes first.

    A viewer who may not read something is told that there is something, and no more."""
    return [note if _may_read(note, viewer) else _veiled(note) for note in _looked(assignment, today)]


def _looked(assignment: Assignment, today: date) -> list[Note]:
    try:
        refuse_unfit(assignment, today)
    except Invalid as error:
        more = {name: getattr(error, name) for name in ("url", "action", "seen_by") if hasattr(error, name)}
        return getattr(error, "notes", None) or [Note("stop", error.message, **more)]
    return [
        note
        for notes in (_about_person, _about_term, _about_seat, _about_load, *_notes)
        for note in notes(assignment, today)
    ]


def _may_read(note: Note, viewer: object) -> bool:
    return viewer is None or note.seen_by is None or note.seen_by(viewer)


def _veiled(note: Note) -> Note:
    return Note(
        note.severity, _("Competence was looked at"), _("Those who look after the person, and who decides, see how.")
    )


def _about_person(assignment: Assignment, today: date) -> Iterable[Note]:
    person, words = assignment.person, {"person": assignment.person}
    if person.last_day is None:
        yield Note("good", _("%(person)s is with the organisation") % words, _("No last day is known."))
    else:
        until = terms.in_words(person.last_day)
        yield Note(
            "warn", _("%(person)s is here until %(day)s") % (words | {"day": until}), _("The role ends with it.")
        )
    if person.is_outside:
        detail = _("Works for %(employer)s.") % {"employer": person.employer} if person.employer else ""
        yield Note("note", _("%(person)s comes from outside the organisation") % words, detail)
    if not person.email:
        yield Note("note", _("%(person)s has no e-mail address") % words, _("Tell them of the role yourself."))


def _about_term(assignment: Assignment, today: date) -> Iterable[Note]:
    if assignment.starts_on < today:
        yield Note(
            "warn",
            _("The first day, %(day)s, is over") % {"day": terms.in_words(assignment.starts_on)},
            _("An approval counts from that day, and the record shows when it was given."),
        )


def _about_seat(assignment: Assignment, today: date) -> Iterable[Note]:
    followed = list(predecessors(assignment))
    for earlier in followed:
        last = terms.in_words(terms.day_before(assignment.starts_on))
        words = {"person": assignment.person, "other": earlier.person, "day": last}
        if earlier.person_id == assignment.person_id:
            sentence = _("%(person)s is %(seat)s until then") % (words | {"seat": earlier.get_seat_display()})
            yield Note("note", sentence, _("The approval ends that on %(day)s: nobody sits twice in one role.") % words)
            continue
        yield Note(
            "note",
            _("%(person)s follows %(other)s") % words,
            _("The approval ends the term of %(other)s on %(day)s.") % words,
        )
    if not followed:
        yield Note("good", _("No other term is in the way"))


def _about_load(assignment: Assignment, today: date) -> Iterable[Note]:
    """One person may hold several roles; that it is so should be seen (A5)."""
    held = Assignment.objects.current(today).filter(person=assignment.person).exclude(role=assignment.role)
    titles = list(held.order_by("role__title").values_list("role__title", flat=True).distinct())
    if titles:
        yield Note("note", _("%(person)s has other roles too") % {"person": assignment.person}, ", ".join(titles))


def predecessors(assignment: Assignment) -> QuerySet[Assignment]:
    """Whose term ends the day before this one begins: who holds a one-holder role, and the person's own other seat: a deputy
    becomes the holder, a team member its lead or the lead a member."""
    if assignment.seat == "deputy":
        return Assignment.objects.none()
    ends = ~Q(seat=assignment.seat) & Q(person=assignment.person)
    if assignment.single_holder and assignment.seat == "primary":
        ends |= Q(seat="primary")
    return _same_role(assignment).filter(ends, starts_on__lt=assignment.starts_on).select_related("person", "role")


def _same_role(assignment: Assignment) -> QuerySet[Assignment]:
    same = Assignment.objects.approved().filter(role=assignment.role, area=assignment.area).exclude(pk=assignment.pk)
    return same.overlapping(assignment.starts_on, assignment.ends_on)


def _role_can_be_held(assignment: Assignment, today: date) -> None:
    role = assignment.role
    if role.state != "active":
        raise Invalid(_("%(role)s is not in force. Put it in force first.") % {"role": role}, "role")
    if role.kind == "everyone":
        raise Invalid(_("Everybody holds %(role)s. It needs no assignment.") % {"role": role}, "role")


def _area_fits(assignment: Assignment, today: date) -> None:
    """A role of an area is held for that area or a part of it: who approves there decides, nobody else (A3)."""
    home, area = assignment.role.area, assignment.area
    while home is not None and area is not None and area != home:
        area = area.parent
    if home is not None and area is None:
        words = {"role": assignment.role, "area": home}
        raise Invalid(_("%(role)s belongs to %(area)s. Choose that area, a part of it, or none.") % words, "area")


def _person_is_there(assignment: Assignment, today: date) -> None:
    person = assignment.person
    if not person.is_current(today):
        raise Invalid(
            _("%(person)s is not with the organisation today. Choose somebody who is.") % {"person": person}, "person"
        )


def _term_fits(assignment: Assignment, today: date) -> None:
    person, words = assignment.person, {"person": assignment.person}
    if assignment.ends_on is not None and assignment.ends_on < assignment.starts_on:
        raise Invalid(_("The last day is before the first day."), "ends_on")
    if assignment.ends_on is not None and assignment.ends_on < today:
        raise Invalid(_("The term is over already. Choose a last day from today on, or none."), "ends_on")
    if person.last_day is not None and (assignment.ends_on is None or assignment.ends_on > person.last_day):
        words["day"] = terms.in_words(person.last_day)
        raise Invalid(_("%(person)s leaves on %(day)s. Choose a last day until then.") % words, "ends_on")
    if person.starts_on is not None and assignment.starts_on < person.starts_on:
        raise Invalid(_("%(person)s was not there yet on that first day.") % words, "starts_on")


def _seat_is_free(assignment: Assignment, today: date) -> None:
    words = {"person": assignment.person, "role": assignment.role}
    own = _same_role(assignment).filter(person=assignment.person)
    if assignment.seat != "deputy":  # a deputy or member may follow: their own other seat ends the day before
        own = own.exclude(~Q(seat=assignment.seat), starts_on__lt=assignment.starts_on)
    if own.exists():
        raise Invalid(
            _("%(person)s holds or deputises %(role)s in that time already. A deputy is never the holder.") % words,
            "person",
        )
    waiting = Assignment.objects.pending().filter(role=assignment.role, person=assignment.person, area=assignment.area)
    if (
        assignment.state == "proposed"
        and waiting.exclude(pk=assignment.pk).overlapping(assignment.starts_on, assignment.ends_on).exists()
    ):
        raise Invalid(
            _("%(person)s is proposed for %(role)s already. Wait for that decision, or withdraw it.") % words, "person"
        )
    if assignment.seat == "primary" and assignment.single_holder:
        later = (
            _same_role(assignment)
            .filter(seat="primary", starts_on__gte=assignment.starts_on)
            .select_related("person")
            .first()
        )
        if later is not None:
            words |= {"other": later.person, "day": terms.in_words(later.starts_on)}
            raise Invalid(
                _("%(other)s holds %(role)s from %(day)s. Choose a term that ends before.") % words, "starts_on"
            )
