"""What the database refuses for this app, whoever writes and however."""

from reviews.guards import audits, meetings, papers, reviews, team  # noqa: F401
