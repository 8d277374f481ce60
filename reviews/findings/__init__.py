"""What is wrong in this app, one module a subject."""

from reviews.findings import audits, meetings, reviews, team  # noqa: F401
