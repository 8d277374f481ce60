"""What roles do in a process of the register beside what is typed there: one answer, whoever says so (coverage R7).

Upper apps register what else gives a role its part: the published letters of the RASCI matrix, say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ismsroles.core import scope
from roles.models import Process, Role


@dataclass(frozen=True)
class Taking:
    """A role in force takes part in a process because of something else, which stands at `url`."""

    process: Process
    role: Role
    does: str
    url: str


Provider = Callable[[], Iterable[Taking]]
_providers: list[Provider] = []


def provider(function: Provider) -> Provider:
    """The decorated function yields the parts of its kind, in a number of queries that does not grow."""
    _providers.append(function)
    return function


def taking() -> list[Taking]:
    """Every part that follows from something else, read once for a request."""
    return scope.remember("taking part", lambda: [part for each in _providers for part in each()])


def in_process(process: int) -> list[Taking]:
    """Those in one process."""
    return [part for part in taking() if part.process.pk == process]
