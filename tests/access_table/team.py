"""The management review team: Hana speaks for Operations, Dov stands in; Finance has nobody."""

from types import SimpleNamespace

from tests.access_walk import Row
from tests.reviews.making import seated


def furnish(world: SimpleNamespace) -> None:
    world.charter = seated(world)


# fmt: off
TABLE = [
    Row("team", "200", "405"),
    Row("team-edit", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
]
# fmt: on
