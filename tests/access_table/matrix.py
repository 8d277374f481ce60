"""The matrix of activities and roles."""

from types import SimpleNamespace

from raci.actions.publishing import publish, shown
from raci.queries.picture import picture
from tests.access_walk import Row
from tests.raci import making

# fmt: off
TABLE = [
    Row("matrix", "200", "405"),
    Row("matrix-list", "200", "405"),
    Row("matrix-strip", "200 200 200 200 403 403 200 403", "405"),
    Row("matrix-cells", "405", "403 422 403 403 403 403 403 403"),
    Row("matrix-order", "405", "403 422 403 403 403 403 403 403"),
    Row("matrix-balance", "200 200 200 200 403 403 200 403", "405"),
    Row("matrix-limits", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("matrix-publish", "200 200 200 200 403 403 200 403", "403 422 403 403 403 403 403 403"),
    Row("matrix-starter", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("columns", "403 200 403 403 403 403 403 403", "405"),
    Row("column-move", "405", "403 302 403 403 403 403 403 403", lambda w: [w.roles.held.pk]),
    Row("groups", "403 200 403 403 403 403 403 403", "405"),
    Row("group-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("group-edit", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.process.pk], what="published"),
    Row("group-edit", "403 200 403 403 404 404 403 404", "403 422 403 403 404 404 403 404", lambda w: [w.proc.pk], what="a draft"),
    Row("group-retire", "403 200 403 403 403 403 403 403", "403 409 403 403 403 403 403 403", lambda w: [w.activity.group_id]),
    Row("group-move", "405", "403 302 403 403 403 403 403 403", lambda w: [w.activity.group_id]),
    Row("activity", "200", "405", lambda w: [w.activity.pk], what="published"),
    Row("activity", "200 200 200 200 404 404 200 404", "405", lambda w: [w.drafted_activity.pk], what="a draft"),
    Row("activity-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("activity-edit", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.activity.pk]),
    Row("activity-letters", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.activity.pk]),
    Row("activity-move", "405", "403 302 403 403 403 403 403 403", lambda w: [w.activity.pk]),
    Row("activity-retire", "403 200 403 403 403 403 403 403", "403 302 403 403 403 403 403 403", lambda w: [w.activity.pk]),
    Row("activity-back", "403 200 403 403 403 403 403 403", "403 409 403 403 403 403 403 403", lambda w: [w.activity.pk]),
    Row("activity-history", "200 200 200 403 403 403 200 403", "405", lambda w: [w.activity.pk]),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """One activity that is published, and one that is only drafted."""
    access = making.group("Access")
    world.activity = making.activity("Access reviews", group=access, letters={world.roles.held: "RA"})
    publish([access.pk], actor=world.ism, seen={access.pk: shown(picture(), access.pk)})
    world.process, world.proc = access, making.group("Operations")
    world.drafted_activity = making.activity("Backup checks", group=world.proc)
