"""Who may do and see what in this app, one module a subject."""

from reviews.policy import audits, campaigns, feeds, meetings, papers, parties, reviews, team  # noqa: F401
