"""What the document has beside roles and approvals: one module a subject, each with one `Part`.

A part that has nothing to say leaves neither a key in the snapshot nor a section in the document, so older snapshots read as ever."""

import evidence.parts.competence as competence
from evidence.parts import (
    alone,
    clause_map,
    delegations,
    exceptions,
    guidance,
    matrix,
    owners,
    reviews,
    team,
    teams,
)
from evidence.parts.part import Part

PARTS: list[Part] = [
    exceptions.PART,
    alone.PART,
    guidance.LEVELS,
    guidance.PARTS_OF_ROLES,
    team.PART,
    matrix.PART,
    competence.PART,
    clause_map.PART,
    delegations.PART,
    teams.PART,
    owners.PART,
    reviews.PART,
]
