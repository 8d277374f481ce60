"""What this app adds to the log, one module a subject."""

from reviews.events import audits, meetings, papers, reviews, team  # noqa: F401
