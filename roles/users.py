"""What still needs a role, an area or anything else that somebody wants to take away (rule 7).

Upper apps add their own lines, so that nothing is retired or removed while something above still rests on it."""

from collections.abc import Callable, Iterable

from django.db import models

Users = Callable[..., Iterable[str]]
_users: dict[type[models.Model], list[Users]] = {}


def of(model: type[models.Model]) -> Callable[[Users], Users]:
    """The decorated function yields what needs a row of this model, one line each, in one query."""

    def register(function: Users) -> Users:
        _users.setdefault(model, []).append(function)
        return function

    return register


def more(row: models.Model) -> list[str]:
    """What upper apps say still needs it."""
    return [line for each in _users.get(type(row), []) for line in each(row)]
