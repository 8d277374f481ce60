"""What every page asks about whoever looks at it: each app registers its part, and one question to the database answers all of them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Expression, IntegerField, QuerySet, Subquery

from ismsroles.core import scope
from ismsroles.core.models import User

Make = Callable[[Any], Expression | None]
_facts: dict[str, Make] = {}


class HowMany(Subquery):
    """How many rows there are, as part of another question."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet) -> None:
        super().__init__(rows.order_by().values("pk"))


def whether(rows: QuerySet) -> Exists:
    """Whether there is any, as part of another question."""
    return Exists(rows.order_by())


def register(name: str, make: Make) -> Callable[[Any], Any]:
    """Adds a fact; `make(user)` says how it is asked, or None where it need not be. Gives the function that answers it."""
    _facts[name] = make
    return lambda user: _answers(user)[name] if scope.is_open() else _asked(user, [name])[name]


def _answers(user) -> dict[str, Any]:
    return scope.remember(("facts", user.pk), lambda: _asked(user, list(_facts)))


def _asked(user, names: list[str]) -> dict[str, Any]:
    made = {name: _facts[name](user) for name in names}
    asked = {f"fact_{name}": how for name, how in made.items() if how is not None}
    row = User.objects.filter(pk=user.pk).values(**asked).first() if asked else None
    return {name: row and row.get(f"fact_{name}") for name in names}
