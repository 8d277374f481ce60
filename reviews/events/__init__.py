"""What this app adds to the log, one module a subject."""

from reviews.events import reviews, team  # noqa: F401
