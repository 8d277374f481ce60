"""What is wrong in this app, one module a subject."""

from raci.findings import matrix, owners  # noqa: F401  (one module a subject; each registers what it offers)
