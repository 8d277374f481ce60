from roles.guards import (  # noqa: F401  (one module a subject; each registers what it offers)
    absences,
    chart,
    delegations,
    exceptions,
    guidance,
    letters,
    lines,
    moves,
    register,
    separation,
    teams,
    wording,
)
