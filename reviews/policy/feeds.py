"""Whose calendar link somebody makes or takes back (T2)."""

from ismsroles.core import access
from roles.models import Person
from roles.policy import standing


@access.policy("reviews.calendar.own")
def _own(user, person: Person | None) -> bool:
    """One's own, and nobody else's: whoever has the link reads the calendar."""
    own = standing(user).person
    return own is not None and (person is None or own.pk == person.pk)


@access.policy("reviews.calendar.revoke")
def _revoke(user, person: Person | None) -> bool:
    """One's own; the administrator anybody's, when a link got into wrong hands."""
    return user.is_administrator or _own(user, person)
