"""One module a subject."""

from raci.findings import owners  # noqa: F401  (one module a subject; each registers what it offers)
