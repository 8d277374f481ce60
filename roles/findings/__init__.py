from roles.findings import chart, register, single_points  # noqa: F401  (one module a subject; each registers what it offers)
