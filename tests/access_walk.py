"""What the access test needs: every pattern of the URLconf, and one request of one persona. Knows no rule of the product."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# In this order the answers stand in the table; somebody who has left and somebody without a login follow by rule.
PERSONAS = ("administrator", "ism", "top", "representative", "holder", "deputy", "auditor", "colleague")
TO_SIGN_IN = "login"


@dataclass(frozen=True)
class Row:
    """One URL with one kind of object: what GET and POST answer to each persona, written by hand."""

    name: str
    get: str
    post: str
    args: Callable[[SimpleNamespace], list[Any]] = lambda world: []
    what: str = ""  # which object, in words
    stranger: str = ""  # what somebody without access gets on a public page: "GET POST"

    def __str__(self) -> str:
        return f"{self.name} {self.what}".strip()


def answers(text: str) -> list[str]:
    """One answer for each persona; a single one stands for all."""
    given = text.split()
    return given * len(PERSONAS) if len(given) == 1 else given


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every URL that the product answers."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def ask(client: Client, method: str, name: str, args: list[Any]) -> str:
    """The answer in short: its status, or `login` when it leads to the sign-in page."""
    response: HttpResponse = getattr(client, method)(reverse(name, args=args))
    if response.status_code == 302 and "/account/login" in response.url:
        return TO_SIGN_IN
    if getattr(response, "streaming", False):
        b"".join(response.streaming_content)
    return str(response.status_code)
