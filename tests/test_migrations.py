"""Migrations lead to the same tables as the models: the tests' own databases are made from the models, an installation's by migrating."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.local.test_commands import manage

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="SQLite only: PostgreSQL migrates in tests/local/test_production.py"
)
ROOT = Path(__file__).resolve().parent.parent
COLUMNS = (
    'SELECT m.name, c.name, upper(c.type), c."notnull", c.pk FROM sqlite_master m, pragma_table_info(m.name) c '
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'django_migrations'"
)
REST = "SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('index', 'trigger') AND name NOT LIKE 'sqlite_%'"
NAMED = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name <> 'django_migrations'"


def constraints(rows) -> set[tuple[str, str]]:
    """(table, name) of every named check."""
    parts = [(table, sql.split('CONSTRAINT "')[1:]) for table, sql in rows if sql]
    return {(table, part.split('"')[0]) for table, found in parts for part in found}


@on_sqlite
def test_an_empty_database_that_is_migrated_has_the_tables_checks_indexes_and_guards_of_the_models(tmp_path):
    """With no settings, no broker and no terminal, as scripts call it (issue 2, point 8)."""
    done = manage(tmp_path, "migrate")
    assert done.returncode == 0, done.stderr
    is_like_the_models(tmp_path / "file")


@on_sqlite
def test_the_tables_of_a_first_start_are_those_that_migrating_makes(tmp_path):
    env = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DEMO": "0",
        "DJANGO_SETTINGS_MODULE": "ismsroles.settings",
    }
    subprocess.run(
        [sys.executable, "-m", "ismsroles.local.prepare"], cwd=ROOT, env=env, check=True, capture_output=True
    )
    file = next(tmp_path.glob("*.sqlite3"))
    is_like_the_models(file)
    assert not [left.name for left in tmp_path.iterdir() if "unfinished" in left.name]
    asked = [sys.executable, "manage.py", "migrate", "--check"]
    assert subprocess.run(asked, cwd=ROOT, env=env, capture_output=True).returncode == 0


def is_like_the_models(file: Path) -> None:
    """The database in this file, held against the one that the tests made from the models."""
    made = sqlite3.connect(file)
    with connection.cursor() as cursor:
        for asked in (COLUMNS, REST):
            assert set(made.execute(asked)) == set(cursor.execute(asked).fetchall())
        assert constraints(made.execute(NAMED)) == constraints(cursor.execute(NAMED).fetchall())
