"""Things worked out once for a request: forgotten when it ends, never kept outside one."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID, uuid4

LASTING = frozenset({"organisation"})  # asked for with each date; its row forgets it when it is saved
_scope: ContextVar[dict[Hashable, Any] | None] = ContextVar("scope", default=None)
_correlation: ContextVar[UUID | None] = ContextVar("correlation", default=None)


@contextmanager
def opened() -> Iterator[UUID]:
    """Open a scope; all events recorded in it carry the same correlation id."""
    correlation = uuid4()
    tokens = _scope.set({}), _correlation.set(correlation)
    try:
        yield correlation
    finally:
        _scope.reset(tokens[0])
        _correlation.reset(tokens[1])


@contextmanager
def ensured() -> Iterator[None]:
    """A scope for this block where none is open: one question to the rules is answered from one look at the register."""
    if _scope.get() is not None:
        yield
        return
    token = _scope.set({})
    try:
        yield
    finally:
        _scope.reset(token)


def remember(key: Hashable, make: Callable[[], Any]) -> Any:
    """The value for `key`, made once in this scope; outside a scope it is made anew each time."""
    kept = _scope.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    return kept[key]


def is_open() -> bool:
    """Whether something is remembered at present."""
    return _scope.get() is not None


def forget() -> None:
    """After a change: what was worked out before it may no longer be true. What changes in one place only is dropped there."""
    kept = _scope.get()
    if kept is not None:
        for key in kept.keys() - LASTING:
            del kept[key]


def drop(key: Hashable) -> None:
    """Forget this, whatever it is."""
    kept = _scope.get()
    if kept is not None:
        kept.pop(key, None)


def correlation() -> UUID:
    """What ties together the events that one gesture caused."""
    return _correlation.get() or uuid4()
