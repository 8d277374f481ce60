"""Who is told of an answer to a letter (A4, K2)."""

from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.notices import mail
from roles.actions.telling import link
from roles.models import Assignment, Letter, Person


def tell_declined(letter: Letter) -> None:
    """It goes back to the information security manager, and to who proposed and approved it: they are told why."""
    about = letter.assignment
    text = _(
        "Hello %(name)s,\n\n%(person)s declined to be %(seat)s of the role “%(role)s”.\nWhy: %(why)s\n\n"
        "The appointment does not count any more. Propose somebody else, or talk about it first:\n\n%(link)s\n"
    )
    words = {"person": about.person, "seat": about.get_seat_display(), "role": about.role, "why": letter.reason}
    for address, name in _concerned(about).items():
        mail.post(
            to=address,
            subject=_("Declined: %(person)s as %(seat)s of %(role)s") % words,
            text=text % (words | {"name": name, "link": link("assignment", about.pk)}),
            key=f"letter-declined-{letter.pk}-{address}",
        )


def _concerned(about: Assignment) -> dict[str, str]:
    """Address → name: whoever keeps the register today, the proposer and the approver; nobody twice, never the person."""
    keepers = Assignment.objects.current(clock.today()).filter(
        seat="primary", role__persona="ism", role__state="active"
    )
    people = list(Person.objects.filter(assignments__in=keepers).exclude(email=""))
    users = [user for user in (about.proposed_by, about.decided_by) if user is not None]
    found = {person.email: person.name for person in people} | {user.email: user.name for user in users}
    found.pop(about.person.email, None)
    return found
