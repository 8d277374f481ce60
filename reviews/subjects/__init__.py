"""The kinds of things that are reviewed, one module a subject; each registers its own."""

from reviews.subjects import agreements, guidance, matrix, owners, roles, team, whole  # noqa: F401
