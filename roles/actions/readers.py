"""People of the register as readers of messages: by their login where they have one, else by their address (K2)."""

from collections.abc import Iterable

from ismsroles.notices.telling import Reader
from roles.models import Person


def reader_of(person: Person) -> Reader:
    """Who reads what this person is told. Without an address there is nobody to write to; the page says so."""
    return Reader(person.email, person.name, person.user_id)


def readers_of(people: Iterable[Person]) -> list[Reader]:
    """Each of them."""
    return [reader_of(person) for person in people]


__all__ = ["Reader", "reader_of", "readers_of"]
