from roles.guards import chart, lines, register  # noqa: F401  (one module a subject; each registers what it offers)
