from roles.events import chart, leaving, register  # noqa: F401  (one module a subject; each registers what it offers)
