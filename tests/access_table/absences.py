"""Absences: Hana is away."""

from types import SimpleNamespace

from ismsroles.core import clock
from roles.actions import absences
from tests.access_walk import Row

# fmt: off
TABLE = [
    Row("timeline", "200", "405"),
    Row("absences", "200", "405"),
    Row("absence-record", "403 200 403 403 200 404 403 404", "403 422 403 403 422 404 403 404", lambda w: [w.hana]),
    Row("absence-end", "403 200 403 403 200 404 403 404", "403 422 403 403 422 404 403 404", lambda w: [w.absence.pk]),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """Away from today on, without a known end."""
    world.absence = absences.record_absence(world.people.holder, actor=world.ism, starts_on=clock.today())
