"""Deputies are told for whom they act, and until when (A7, K2)."""

from django.utils.translation import gettext as _

from ismsroles.notices import mail
from roles.actions.telling import link
from roles.models import Absence, Assignment
from roles.terms import in_words


def tell_deputies(absence: Absence, seats: list[Assignment]) -> None:
    """One mail to each deputy, with all the roles in which they act."""
    roles_of: dict[str, list[Assignment]] = {}
    for seat in seats:
        if seat.person.email:
            roles_of.setdefault(seat.person.email, []).append(seat)
    text = _(
        "Hello %(name)s,\n\n%(person)s is away from %(first)s, %(until)s. You stand in for: %(roles)s.\n"
        "You decide nothing that concerns %(person)s or yourself.\n\n%(link)s\n"
    )
    until = _("until %(day)s") % {"day": in_words(absence.ends_on)} if absence.ends_on else _("until further notice")
    words = {"person": absence.person, "first": in_words(absence.starts_on), "until": until, "link": link("mine")}
    for address, held in roles_of.items():
        names = ", ".join(str(seat.role) for seat in held)
        mail.post(
            to=address,
            subject=_("You stand in for %(person)s") % words,
            text=text % (words | {"name": held[0].person, "roles": names}),
            key=f"absence-{absence.pk}-{address}",
        )
