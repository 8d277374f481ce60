"""Deputies are told for whom they act, and until when (A7, K2)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.notices.telling import Telling, tell_many
from roles.actions.readers import reader_of
from roles.models import Absence, Assignment
from roles.terms import in_words


def tell_deputies(absence: Absence, seats: list[Assignment]) -> None:
    """One message to each deputy, with all the roles in which they act."""
    roles_of: dict[str, list[Assignment]] = {}
    for seat in seats:
        roles_of.setdefault(seat.person.email, []).append(seat)
    until = _("until %(day)s") % {"day": in_words(absence.ends_on)} if absence.ends_on else _("until further notice")
    words = {"person": absence.person, "first": absence.starts_on, "until": until}
    tell_many(
        Telling(
            "absence.stand_in", reader_of(held[0].person), str(absence.pk), reverse("mine"),
            params=words | {"roles": ", ".join(str(seat.role) for seat in held)},
        )
        for held in roles_of.values()
    )  # fmt: skip
