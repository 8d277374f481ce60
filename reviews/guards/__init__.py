"""What the database refuses for this app, whoever writes and however."""

from reviews.guards import audits, campaigns, meetings, papers, parties, reviews, team  # noqa: F401
