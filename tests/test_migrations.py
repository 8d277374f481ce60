"""Migrations lead to the same tables as the models: the tests' own databases are made from the models, an installation's by migrating."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
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


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="SQLite only: PostgreSQL migrates in tests/local/test_production.py"
)
def test_an_empty_database_that_is_migrated_has_the_tables_checks_indexes_and_guards_of_the_models(tmp_path):
    file = tmp_path / "migrated.sqlite3"
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{file}", "DJANGO_SETTINGS_MODULE": "ismsroles.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=env, check=True)
    migrated = sqlite3.connect(file)
    with connection.cursor() as cursor:
        for asked in (COLUMNS, REST):
            assert set(migrated.execute(asked)) == set(cursor.execute(asked).fetchall())
        assert constraints(migrated.execute(NAMED)) == constraints(cursor.execute(NAMED).fetchall())
