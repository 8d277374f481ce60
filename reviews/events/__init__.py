"""What this app adds to the log, one module a subject."""

from reviews.events import audits, campaigns, meetings, papers, parties, reviews, team  # noqa: F401
