"""What the database refuses for this app, whoever writes and however (design rules 6 and 9)."""

from raci.guards import matrix, owners  # noqa: F401
