"""What is wrong in this app, one module a subject."""

from reviews.findings import reviews, team  # noqa: F401
