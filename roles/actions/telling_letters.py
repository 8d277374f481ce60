"""Who is told of an answer to a letter (A4, K2)."""

from django.urls import reverse

from ismsroles.core import clock
from ismsroles.notices.telling import tell
from roles.actions.readers import Reader, reader_of
from roles.models import Assignment, Letter, Person


def tell_declined(letter: Letter) -> None:
    """It goes back to the information security manager, and to who proposed and approved it: they are told why."""
    about = letter.assignment
    words = {"person": about.person, "seat": about.get_seat_display(), "role": about.role, "why": letter.reason}
    tell("letter.declined", _concerned(about), key=str(letter.pk), url=reverse("assignment", args=[about.pk]), **words)


def _concerned(about: Assignment) -> list[Reader]:
    """Whoever keeps the register today, the proposer and the approver; nobody twice, never the person."""
    keepers = Assignment.objects.current(clock.today()).filter(
        seat="primary", role__persona="ism", role__state="active"
    )
    found = {person.email: reader_of(person) for person in Person.objects.filter(assignments__in=keepers)}
    users = [user for user in (about.proposed_by, about.decided_by) if user is not None]
    found |= {user.email: Reader.of(user) for user in users}
    found.pop(about.person.email, None)
    return list(found.values())
