"""What the access test needs: every pattern of the URLconf, and every request of one persona. Knows no rule of the product."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
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


@dataclass(frozen=True)
class Answer:
    """What one request brought: its status (or `login` when it leads to the sign-in page), its headers, the tables it wrote to,
    and how many questions it asked the database."""

    status: str
    headers: Mapping[str, str]
    wrote: frozenset[str]
    questions: int


class Walk:
    """One persona asks every URL, signed in once; what a request changed is taken back before the next."""

    def __init__(self, client: Client, world: SimpleNamespace) -> None:
        self.client, self.world = client, world
        self.session = client.cookies.get(settings.SESSION_COOKIE_NAME)
        if self.session:
            kept = client.session
            kept["seen"] = time.time()  # as at the second page: no request writes it again
            kept.save()

    def through(self, table: Iterable[Row], *methods: str) -> dict[tuple[str, str], Answer]:
        """The answer to each row and method."""
        return {(str(row), method): self.asks(row, method) for row in table for method in methods}

    def asks(self, row: Row, method: str) -> Answer:
        self.client.cookies = SimpleCookie()
        if self.session:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.session.value
        cache.clear()
        url = reverse(row.name, args=row.args(self.world))
        with watched() as said, transaction.atomic():
            response = getattr(self.client, method)(url)
            wrote = frozenset(found[1] for sql in said if (found := _WRITES.match(sql)))
            transaction.set_rollback(bool(wrote))  # going back makes SQLite read its schema again
        return Answer(_in_short(response), response.headers, wrote, sum(not _ASIDE.match(sql) for sql in said))


def _in_short(response: HttpResponse) -> str:
    if response.status_code == 302 and "/account/login" in response.url:
        return TO_SIGN_IN
    if getattr(response, "streaming", False):
        b"".join(response.streaming_content)
    return str(response.status_code)


_WRITES = re.compile(r'\s*(?:INSERT\s.*?INTO|UPDATE|DELETE\s+FROM|TRUNCATE|MERGE\s+INTO)\s+"?(\w+)', re.IGNORECASE)


_ASIDE = re.compile(r"(?:SAVEPOINT|RELEASE|ROLLBACK)\b")  # a transaction in a transaction: no question


@contextmanager
def watched() -> Iterator[list[str]]:
    """Every statement that the database is given meanwhile."""
    said: list[str] = []

    def listen(execute, sql, params, many, context):
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield said
