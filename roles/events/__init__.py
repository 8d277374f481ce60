from roles.events import (  # noqa: F401  (one module a subject; each registers what it offers)
    absences,
    chart,
    delegations,
    exceptions,
    guidance,
    leaving,
    letters,
    register,
    separation,
    teams,
    wording,
)
