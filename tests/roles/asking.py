"""How many questions a page asks the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

AT_MOST = 12  # as tests/test_access.py asks of every list, for every persona


def questions(client: Client, url: str) -> int:
    """The number of SQL queries that a page makes, once the session is warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
