"""What the launcher says when it cannot start: a sentence for the person, never a traceback."""


class CannotStart(Exception):
    """Something on this machine stands in the way; the message says what, and what to do."""
