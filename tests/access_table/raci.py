"""The matrix of activities and roles, and the owners of assets and risks."""

from datetime import timedelta

from ismsroles.core import clock
from raci.actions.links import make_link
from raci.asset_import import waiting as assets
from raci.models import Asset, MatrixPrint, Risk, RiskAcceptance
from raci.spreadsheet import waiting
from tests.access_walk import Row

# fmt: off
TABLE = [
    Row("matrix-export", "200 200 200 200 403 403 200 403", "405"),
    Row("matrix-pdf", "200 200 200 200 403 403 200 403", "302 302 302 302 403 403 302 403"),
    Row("matrix-pdf-file", "200 200 200 200 403 403 200 403", "405", lambda w: [w.print.pk]),
    Row("matrix-print", "200 200 200 200 403 403 200 403", "405"),
    Row("matrix-import", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("matrix-import-review", "403 200 403 403 403 403 403 403", "403 302 403 403 403 403 403 403", lambda w: [w.matrix_file.pk]),
    Row("published", "200", "405"),
    Row("published-link", "200", "405", lambda w: [w.secret], stranger="200 405"),
    Row("links", "200 200 200 403 403 403 200 403", "405"),
    Row("published-link-file", "404", "405", lambda w: [w.secret], what="opens the matrix", stranger="404 405"),
    Row("link-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("link-revoke", "403 200 403 404 404 404 403 404", "403 302 403 404 404 404 403 404", lambda w: [w.link.pk]),
    Row("coverage", "200 200 200 403 403 403 200 403", "405"),
    Row("assets-import", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("assets-import-review", "403 200 403 403 403 403 403 403", "403 302 403 403 403 403 403 403", lambda w: [w.assets_file.pk]),
    Row("assets", "200", "405"),
    Row("assets-export", "200", "405"),
    Row("asset", "200", "405", lambda w: [w.asset.pk]),
    Row("asset-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("asset-edit", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.asset.pk]),
    Row("asset-retire", "403 200 403 403 403 403 403 403", "403 302 403 403 403 403 403 403", lambda w: [w.asset.pk]),
    Row("asset-back", "403 200 403 403 403 403 403 403", "403 409 403 403 403 403 403 403", lambda w: [w.asset.pk]),
    Row("asset-history", "200 200 200 403 403 403 200 403", "405", lambda w: [w.asset.pk]),
    Row("risks", "200", "405"),
    Row("risks-export", "200", "405"),
    Row("risk", "200 200 200 404 200 200 200 404", "405", lambda w: [w.risk.pk], what="of the holder's role"),
    Row("risk-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("risk-edit", "403 200 403 404 403 403 403 404", "403 422 403 404 403 403 403 404", lambda w: [w.risk.pk]),
    Row("risk-close", "403 200 403 404 403 403 403 404", "403 302 403 404 403 403 403 404", lambda w: [w.risk.pk]),
    Row("risk-back", "403 200 403 404 403 403 403 404", "403 409 403 404 403 403 403 404", lambda w: [w.risk.pk]),
    Row("risk-history", "200 200 200 404 403 403 200 404", "405", lambda w: [w.risk.pk]),
    Row("risk-scale", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("acceptance-add", "403 200 403 404 403 403 403 404", "403 422 403 404 403 403 403 404", lambda w: [w.risk.pk]),
    Row("acceptance-withdraw", "403 200 403 404 403 403 403 404", "403 422 403 404 403 403 403 404", lambda w: [w.acceptance.pk]),
]
# fmt: on


def furnish(world) -> None:
    """An asset and a risk of the incident manager's role, accepted by its holder."""
    day = clock.today()
    world.asset = Asset.objects.create(name="Customer database", kind="data_set", owner_role=world.roles.held)
    world.risk = Risk.objects.create(reference="R-1", title="Ransomware", level=2, owner_role=world.roles.held)
    world.acceptance = RiskAcceptance.objects.create(
        risk=world.risk, person=world.people.holder, accepted_on=day, until=day + timedelta(days=90), level=2,
        evidence="Minutes 3", recorded_by=world.ism, recorded_at=clock.now(),
    )  # fmt: skip
    world.matrix_file = waiting.keep(
        b"Activity,Incident manager,Continuity manager\nTest,R,A\n", "m.csv", actor=world.ism
    )
    world.print = MatrixPrint.objects.create(
        fingerprint="x", asked_by=world.ism, content=b"%PDF-1.7", made_at=clock.now()
    )
    world.assets_file = assets.keep(b"Name,Owner\nCRM,Incident manager\n", "a.csv", actor=world.ism)
    world.link, world.secret = make_link(actor=world.ism, purpose="Start page", ends_on=day + timedelta(days=30))
