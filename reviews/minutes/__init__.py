"""The minutes of a meeting: what is frozen of it (content), and how it is printed (paper)."""
