from roles.guards import lines, register  # noqa: F401  (one module a subject; each registers what it offers)
