"""The organisation chart, who keeps it current, restructures."""

from types import SimpleNamespace

from ismsroles.core import clock
from roles.models import ChartConfirmation, ChartKeeping, Restructure
from tests.access_walk import Row

# fmt: off
TABLE = [
    Row("chart", "200", "405"),
    Row("chart-picture", "200", "405"),
    Row("chart-keeper", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("chart-confirm", "403 403 403 403 200 200 403 403", "403 403 403 403 422 422 403 403"),
    Row("chart-confirmation", "200", "405", lambda w: [w.confirmation.pk]),
    Row("restructures", "200", "405"),
    Row("restructure-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("restructure-withdraw", "403 200 403 403 403 403 403 403", "403 302 403 403 403 403 403 403", lambda w: [w.restructure.pk]),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """Hana's role keeps the chart; one restructure waits, one confirmation was given."""
    ChartKeeping.objects.create(role=world.roles.held)
    world.restructure = Restructure.objects.create(
        day=clock.today(), what="Two teams became one", recorded_by=world.ism, recorded_at=clock.now()
    )
    world.confirmation = ChartConfirmation.objects.create(
        at=clock.now(), by=world.holder, person=world.people.holder, name="Hana Holder", role="Incident manager",
        fingerprint="0" * 64, content={"Incident manager": "reports to nobody"},
    )  # fmt: skip
