"""Who may do and see what in this app, one module a subject."""

from raci.policy import matrix, owners  # noqa: F401  (one module a subject; each registers what it offers)
