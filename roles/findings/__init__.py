from roles.findings import (  # noqa: F401  (one module a subject; each registers what it offers)
    absences,
    chart,
    delegations,
    exceptions,
    guidance,
    letters,
    moves,
    register,
    separation,
    single_points,
    teams,
    wording,
)
