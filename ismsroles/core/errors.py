"""Refusals: each carries a sentence that says what, where and how to mend it. `middleware.Refusals` turns them into pages."""

from collections.abc import Iterable


class Refusal(Exception):
    """Something was asked that cannot be done; nothing was changed."""

    status = 400
    template = "400.html"

    def __init__(self, message: object) -> None:
        super().__init__(str(message))
        self.message = str(message)


class NotAllowed(Refusal):
    """The person may see it but may not do it (design rule 13)."""

    status = 403
    template = "403.html"


class WrongState(Refusal):
    """The thing is no longer, or not yet, where this can be done to it."""

    status = 409
    template = "409.html"


class Stale(Refusal):
    """What was shown is not what is there now; `changes` are (label, shown, now) rows (design rule 2)."""

    status = 409
    template = "409.html"

    def __init__(self, message: object, changes: Iterable[tuple[str, str, str]] = ()) -> None:
        super().__init__(message)
        self.changes = list(changes)


class InUse(Refusal):
    """Something else still needs it; `users` says what, one line each (design rule 7)."""

    status = 409
    template = "409.html"

    def __init__(self, message: object, users: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.users = list(users)


class Invalid(Refusal):
    """What was given cannot be right; `field` names the form field, when there is one."""

    status = 422
    template = "400.html"

    def __init__(self, message: object, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
