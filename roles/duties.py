"""Which duties a role carries: one answer for segregation of duties, whoever writes them down (coverage A5).

Responsibilities are marked with tags; upper apps register what else makes a duty (an activity of the RASCI matrix, say)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ismsroles.core import scope
from roles.models import ResponsibilityDuty


@dataclass(frozen=True)
class Duty:
    """A role carries a duty of this kind. Without a responsibility it falls to whoever holds the whole role."""

    role: int
    tag: int
    label: str
    url: str
    responsibility: int | None = None


Provider = Callable[[], Iterable[Duty]]
_providers: list[Provider] = []


def provider(function: Provider) -> Provider:
    """The decorated function yields, in one query, every duty of its kind that a role in force carries."""
    _providers.append(function)
    return function


def duties() -> list[Duty]:
    """Every duty of every role; one query a provider, read once for a request."""
    return scope.remember("duties", lambda: [duty for each in _providers for duty in each()])


@provider
def _responsibilities() -> Iterable[Duty]:
    rows = ResponsibilityDuty.objects.exclude(responsibility__role__state="retired").order_by("pk")
    for role, tag, text, pk in rows.values_list(
        "responsibility__role_id", "tag_id", "responsibility__text", "responsibility_id"
    ):
        yield Duty(role, tag, text, f"/roles/{role}/#duty-{pk}", pk)
