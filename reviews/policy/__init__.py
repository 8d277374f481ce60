"""Who may do and see what in this app, one module a subject."""

from reviews.policy import audits, feeds, meetings, papers, reviews, team  # noqa: F401
