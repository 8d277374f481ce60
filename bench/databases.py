"""The databases that are measured: files in a temporary folder, or a PostgreSQL server that lives as long as the run."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests import postgres


@dataclass(frozen=True)
class Sqlite:
    """One file a database."""

    folder: Path
    name: str = "SQLite"

    def url(self, database: str) -> str:
        return f"sqlite:///{self._file(database)}"

    def empty(self, database: str) -> str:
        """The address of a database without tables."""
        return self.url(database)

    def copy(self, source: str, database: str) -> str:
        """The address of a new database that is like `source`, which nobody uses at the moment."""
        shutil.copy(self._file(source), self._file(database))
        return self.url(database)

    def _file(self, database: str) -> Path:
        return self.folder / f"{database}.sqlite3"


@dataclass(frozen=True)
class Postgres:
    """Many databases of one server. It runs without fsync, which matters to what is written, not to what is read."""

    server: str
    name: str = "PostgreSQL"

    def url(self, database: str) -> str:
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{database}"))

    def empty(self, database: str) -> str:
        """The address of a database without tables."""
        return self._create(database, "template1")

    def copy(self, source: str, database: str) -> str:
        """The address of a new database that is like `source`, which nobody uses at the moment."""
        return self._create(database, source)

    def _create(self, database: str, template: str) -> str:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)


Databases = Sqlite | Postgres


@contextmanager
def postgresql() -> Iterator[Postgres]:
    """A server of its own; SystemExit with what to install when there is none on this machine."""
    if postgres.programs() is None:
        raise SystemExit("There is no PostgreSQL on this machine: apt install postgresql")
    with postgres.server() as url:
        yield Postgres(url)
