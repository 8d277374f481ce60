from roles.events import leaving, register  # noqa: F401  (one module a subject; each registers what it offers)
