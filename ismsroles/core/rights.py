"""What the product's own database role may do on PostgreSQL (security case 15): read and add everywhere, change only what is no evidence.

The tables belong to the role that migrates. A stolen connection of the product can then neither rewrite the log and the history nor
take the triggers away that refuse it."""

from typing import Any

from django.conf import settings
from django.db import connection

from ismsroles.core import guards

_WAIT = """
CREATE OR REPLACE FUNCTION isms_wait_for_writers() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN LOCK TABLE core_auditevent IN SHARE ROW EXCLUSIVE MODE; END $$"""


def grant_again(**_signal: object) -> None:
    """After each migration: new tables get their rights. Nothing to do on SQLite, or where one role does everything."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_WAIT)
    role = getattr(settings, "DATABASE_APPLICATION", None)
    if role and role["USER"] != connection.settings_dict["USER"]:
        grant(role["USER"], role.get("PASSWORD", ""))


def grant(name: str, password: str = "") -> None:
    """Give the role exactly what the product needs; it is made if there is none."""
    written_once, kept = guards.written_once(), guards.kept()
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(name)
        _make(cursor, name, quoted, password)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'REVOKE ALL ON "{table}" FROM {quoted}')
            cursor.execute(f'GRANT {_rights(table, written_once, kept)} ON "{table}" TO {quoted}')
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION isms_wait_for_writers() TO {quoted}")


def _rights(table: str, written_once: set[str], kept: set[str]) -> str:
    if table in written_once or table == "django_migrations":
        return "SELECT, INSERT" if table in written_once else "SELECT"
    return "SELECT, INSERT, UPDATE" if table in kept else "SELECT, INSERT, UPDATE, DELETE"


def _make(cursor: Any, name: str, quoted: str, password: str) -> None:
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = %s", [name])
    found = cursor.fetchone()
    if found is None:
        cursor.execute(f"CREATE ROLE {quoted} LOGIN PASSWORD %s", [password])
    elif found[0]:
        raise ValueError(f"The database role {name} may do everything. Name another one in DATABASE_URL.")
