"""What is wrong in this app, one module a subject."""

from reviews.findings import audits, campaigns, meetings, parties, reviews, team  # noqa: F401
