"""Delegations: Hana has passed something on to Dov, who has accepted, and asks Cole about something else."""

from datetime import timedelta
from types import SimpleNamespace

from ismsroles.core import clock
from ismsroles.core.shown import fingerprint
from roles.actions import delegations
from roles.models import Responsibility
from roles.queries.delegations import shown
from tests.access_walk import Row

# fmt: off
TABLE = [
    Row("delegations", "200", "405"),
    Row("delegation", "200", "403 403 403 403 403 422 403 403", lambda w: [w.delegated.pk], what="accepted"),
    Row("delegation", "200 200 200 404 200 404 200 200", "403 403 403 404 403 404 403 422", lambda w: [w.offered.pk], what="offered"),
    Row("delegation-check", "403 403 403 403 200 403 403 403", "403 403 403 403 422 403 403 403", lambda w: [w.delegated.pk]),
    Row("delegation-end", "403 200 403 403 200 403 403 403", "403 422 403 403 422 403 403 403", lambda w: [w.delegated.pk]),
    Row("delegate", "403 403 403 403 200 403 403 403", "403 403 403 403 422 403 403 403", lambda w: [w.held.holder.pk]),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """One delegation in force, one that waits for an answer."""
    one, other = (
        Responsibility.objects.create(role=world.roles.held, text=f"Keep list {number} up to date", position=8)
        for number in (1, 2)
    )
    world.delegated = _offered(world, world.people.deputy, one)
    world.offered = _offered(world, world.people.colleague, other)
    seen = fingerprint(shown(world.delegated))
    delegations.accept_delegation(world.delegated, actor=world.deputy, seen_hash=seen)


def _offered(world: SimpleNamespace, delegate, duty):
    day = clock.today()
    return delegations.offer_delegation(
        world.held.holder, delegate=delegate, responsibilities=[duty], actor=world.holder, starts_on=day,
        ends_on=day + timedelta(days=30), every=1, unit="week",
    )  # fmt: skip
