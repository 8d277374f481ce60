"""Who gets what from which URL, written by hand: 200 seen, 302 done or led on, 403 visible but forbidden, 404 not visible, 405 no such
method, 409 the state or what uses it forbids it, 422 something is missing in an empty form.

Personas in this order:  administrator ism top representative holder deputy auditor colleague.  A single answer stands for all.
The objects: Hana holds the incident manager's role in Operations, which Reka represents; Cole works in Finance and is proposed
for a role.

One module an app, each with its rows (`TABLE`) and, where its pages need objects of their own, `furnish(world)`."""

from tests.access_table import (
    absences,
    campaigns,
    chart,
    competence,
    core,
    delegations,
    evidence,
    guidance,
    letters,
    matrix,
    notices,
    raci,
    reviews,
    roles,
    separation,
    team,
    teams,
)

MODULES = (
    core,
    roles,
    separation,
    chart,
    guidance,
    raci,
    matrix,
    notices,
    competence,
    letters,
    delegations,
    absences,
    teams,
    reviews,
    team,
    evidence,
    campaigns,
)
TABLE = [row for module in MODULES for row in module.TABLE]
