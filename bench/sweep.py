"""The daily sweep of reviews against bare SQL that finds and inserts the same rows: `python -m bench --only sweep`.

On a day on which everything is due at once, the worst there is. The floor runs on a copy of the same database, with the driver alone: one
statement that finds; due days, salts, digests and JSON worked out as they must be; then every row that the sweep has inserted (reviews,
who is asked, events, messages, outbox) by `executemany`, and one commit."""

import hashlib
import json
import os
import pickle
import secrets
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench import children
from bench.databases import Databases
from bench.report import SWEEP, Row

AHEAD = timedelta(days=340)
Table = tuple[list[str], list[tuple]]  # names of columns, rows


def measure(databases: Databases, sizes: list[int], folder: Path, say: Callable[[str], None]) -> list[Row]:
    """Each size in a database of its own."""
    rows = []
    for size in sizes:
        say(f"{databases.name}: sweep of {size:,} reviewable things")
        name, of = f"sweep{size}", f"{size:,} things"
        home = folder / f"{databases.name}-{name}"
        url = databases.copy("migrated", name)
        children.ask("sweep", "fill", size, env=children.environment(home, url))
        twin = databases.copy(name, f"{name}floor")
        kept = str(folder / f"{databases.name}-{name}.rows")
        found = children.ask("sweep", "run", size, kept, env=children.environment(home, url))
        floor = children.ask("sweep", "floor", size, kept, env=children.environment(home, twin))
        rows += [
            Row(databases.name, SWEEP, of, found["taken"], "s", floor["taken"], queries=found["queries"]),
            Row(databases.name, NOTHING, of, found["again"], "s", queries=found["queries_again"]),
        ]
    return rows


NOTHING = "sweep: nothing due"
FIND = """SELECT r.id, r.title, (SELECT h.history_date FROM roles_historicalrole h WHERE h.id = r.id AND h.state = 'active'
ORDER BY h.history_date LIMIT 1) AS since, (SELECT c."on" FROM reviews_covered c WHERE c.subject_kind = 'role' AND c.subject_id = r.id
ORDER BY c."on" DESC LIMIT 1) AS last FROM roles_role r WHERE r.state = 'active' AND NOT EXISTS (SELECT 1 FROM reviews_review v
WHERE v.subject_kind = 'role' AND v.subject_id = r.id AND v.kind = 'periodic' AND v.state IN ('open', 'in_progress')) ORDER BY r.id"""


def fill(size: int) -> None:
    """So many roles in force, with their history, as a register would hold them; and who reviews them."""
    from ismsroles.core import history
    from roles.models import Role
    from tests import factories

    factories.organisation(name="Bench")
    top = factories.person("Tora Top", login=True)
    factories.hold(factories.role("Chief executive", persona="top_management"), top)
    keeper = factories.role("Information security manager", persona="ism")
    factories.hold(keeper, factories.person("Ismail Keeper", login=True), approver=top.user)
    rows = [Role(title=f"Role {number}", purpose="Measured.", state="active", kind="many") for number in range(size)]
    history.bulk_create(rows, Role, actor=None, reason="Measured")
    children.answer({})


def run(size: int, kept: str) -> None:
    """The sweep, and what it inserted."""
    from django.urls import reverse

    from ismsroles.core import clock
    from reviews.models import Review

    reverse("my-reviews")
    _swept(clock.now())  # a worker that runs has its modules and addresses loaded
    moment, before = clock.now() + AHEAD, _last_numbers()
    taken, queries = _swept(moment)
    if Review.objects.filter(subject_kind="role").count() < size:
        raise SystemExit("the sweep did not open what is due")
    Path(kept).write_bytes(pickle.dumps({name: _after(name, number) for name, number in before.items()}))
    again, queries_again = _swept(moment)
    children.answer({"taken": taken, "again": again, "queries": queries, "queries_again": queries_again})


def _swept(moment) -> tuple[float, int]:
    from django.db import connection

    from reviews import sweep

    asked = [0]

    def count(execute, *words):
        asked[0] += 1
        return execute(*words)

    connection.ensure_connection()
    with connection.execute_wrapper(count):
        began = time.perf_counter()
        sweep.run_due(moment)
        return time.perf_counter() - began, asked[0]


def _last_numbers() -> dict[str, int]:
    """The last row of each table that numbers its rows."""
    from django.apps import apps
    from django.db.models import AutoField, BigAutoField, Max

    numbered = [each for each in apps.get_models() if isinstance(each._meta.pk, AutoField | BigAutoField)]
    return {each._meta.db_table: each.objects.aggregate(last=Max("pk"))["last"] or 0 for each in numbered}


def _after(table: str, number: int) -> Table:
    from django.db import connection

    connection.ensure_connection()
    cursor = connection.connection.cursor()  # the driver's own values, as it takes them back
    cursor.execute(f'SELECT * FROM "{table}" WHERE id > {number} ORDER BY id')
    return [column[0] for column in cursor.description], cursor.fetchall()


def floor(size: int, kept: str) -> None:
    """Find the same things and insert the same rows, with the driver alone, as the product opens it."""
    from django.db import connection

    from ismsroles.core import clock
    from ismsroles.core.shown import canonical
    from reviews import dates

    zone = clock.zone()
    rows: dict[str, Table] = {name: table for name, table in pickle.loads(Path(kept).read_bytes()).items() if table[1]}
    connection.ensure_connection()
    driver, mark = connection.connection, "?" if connection.vendor == "sqlite" else "%s"
    cursor = driver.cursor()
    began = time.perf_counter()
    cursor.execute("BEGIN")
    cursor.execute(FIND)
    if len(found := cursor.fetchall()) < size:
        raise SystemExit("the floor did not find what is due")
    for _number, _title, since, _last in found:
        dates.due_after(datetime.fromisoformat(str(since)).astimezone(zone).date(), 12).isoformat()
    for name, (columns, values) in rows.items():
        if name == "core_auditevent":
            values = [_sealed(columns, row, canonical) for row in values]
        names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join([mark] * len(columns))
        cursor.executemany(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', _adapted(values, mark))
    cursor.execute("COMMIT")
    children.answer(
        {"taken": time.perf_counter() - began, "rows": {name: len(table[1]) for name, table in rows.items()}}
    )


def _sealed(columns: list[str], row: tuple, canonical: Callable[[Any], bytes]) -> tuple:
    """An event with a salt and a digest of its own, as each must have."""
    of = dict(zip(columns, row, strict=True))
    params = of["params"] if isinstance(of["params"], dict) else json.loads(of["params"])
    salt = secrets.token_hex(16)
    digest = hashlib.sha256(salt.encode() + canonical([of["actor_name"], of["subject_label"], params, of["reason"]]))
    return tuple((of | {"salt": salt, "personal_digest": digest.hexdigest(), "params": json.dumps(params)}).values())


def _adapted(values: list[tuple], mark: str) -> list[tuple]:
    """PostgreSQL's driver gives JSON as Python values, and wants it back as text."""
    if mark == "?":
        return values
    return [tuple(json.dumps(one) if isinstance(one, dict | list) else one for one in row) for row in values]


def main(what: str, *words: Any) -> None:
    import django

    django.setup()
    size, *more = words
    {"fill": fill, "run": run, "floor": floor}[what](int(size), *more)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    main(*sys.argv[1:])
