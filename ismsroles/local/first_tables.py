"""The tables of an embedded database that has none yet: made from the models at once, and every migration noted as done.

Migrating through a past that an empty database does not have takes most of a first start. tests/test_migrations.py holds both
ways against each other: the same tables, checks, indexes and guards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def make() -> None:
    """In a file beside it, which takes its place when it is whole: a start that is cut off leaves nothing half-made."""
    file = Path(connection.settings_dict["NAME"])
    unfinished = file.with_name(f".{file.name}.unfinished")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{unfinished}{suffix}").unlink(missing_ok=True)
    with _connected_to(unfinished):
        with _without_migrations():
            call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
        _note_all_as_done()
    os.replace(unfinished, file)


def are_wanted() -> bool:
    """An embedded database without a table. A server of one's own is migrated: its rights may differ from table to table."""
    return connection.vendor == "sqlite" and not connection.introspection.table_names()


@contextmanager
def _connected_to(file: Path) -> Iterator[None]:
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(file)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept


@contextmanager
def _without_migrations() -> Iterator[None]:
    kept = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = kept


def _note_all_as_done() -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    done = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in sorted(done))
