"""What happens in the demo organisation beside its register, assignments and document: one module a subject.

Each module has `steps(story)`, which yields what happens on which day, and calls the product's own actions for it. A subject with
much text keeps it in a .toml beside the module."""

from types import ModuleType

import evidence.demo.chapters.competence as competence
from evidence.demo.chapters import (
    absences,
    alone,
    audit,
    campaigns,
    chart,
    delegations,
    guidance,
    joining,
    leaving,
    letters,
    matrix,
    owners,
    reviews,
    separation,
    team,
    teams,
)

CHAPTERS: list[ModuleType] = [
    competence,
    alone,
    chart,
    guidance,
    matrix,
    letters,
    delegations,
    owners,
    leaving,
    separation,
    absences,
    teams,
    joining,
    team,
    reviews,
    campaigns,
    audit,
]
