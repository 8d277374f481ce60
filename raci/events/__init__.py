"""What this app adds to the log, one module a subject."""

from raci.events import matrix, owners  # noqa: F401  (one module a subject; each registers what it offers)
