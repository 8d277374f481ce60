"""The daily sweep of reviews against bare SQL that finds and inserts the same rows: `python -m bench.sweep 1000`.

Measured twice: on a day on which everything is due at once (the worst there is), and on the day after (nothing is)."""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench import children
from bench.databases import Databases
from bench.report import Row


def measure(databases: Databases, sizes: list[int], folder: Path, say: Callable[[str], None]) -> list[Row]:
    """Each size in a database of its own."""
    rows = []
    for size in sizes:
        say(f"{databases.name}: sweep of {size:,} reviewable things")
        url = databases.copy("migrated", f"sweep{size}")
        found = children.ask("sweep", size, env=children.environment(folder / f"{databases.name}-sweep{size}", url))
        of = f"{size:,} things"
        rows.append(
            Row(
                databases.name,
                "sweep: all due at once",
                of,
                found["taken"],
                "s",
                found["floor"],
                queries=found["queries"],
            )
        )
        rows.append(
            Row(
                databases.name,
                "sweep: nothing due",
                of,
                found["again"],
                "s",
                found["floor_again"],
                queries=found["queries_again"],
            )
        )
    return rows


FIND = """SELECT r.id, r.title, (SELECT h.history_date FROM roles_historicalrole h WHERE h.id = r.id AND h.state = 'active'
ORDER BY h.history_date LIMIT 1) AS since, (SELECT c."on" FROM reviews_covered c WHERE c.subject_kind = 'role' AND c.subject_id = r.id
ORDER BY c."on" DESC LIMIT 1) AS last FROM roles_role r WHERE r.state = 'active' AND NOT EXISTS (SELECT 1 FROM reviews_review v
WHERE v.subject_kind = 'role' AND v.subject_id = r.id AND v.kind = 'periodic' AND v.state IN ('open', 'in_progress')) ORDER BY r.id"""


def main(size: int) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from ismsroles.core import clock

    _fill(size)
    moment = clock.now() + timedelta(days=340)
    floor = _floor(moment)
    from reviews import sweep
    from reviews.models import Review

    def run() -> float:
        began = time.perf_counter()
        sweep.run_due(moment)
        return time.perf_counter() - began

    taken = run()
    if Review.objects.filter(subject_kind="role").count() != size:
        raise SystemExit("the sweep did not open what is due")
    again = run()
    with CaptureQueriesContext(connection) as asked:
        sweep.run_due(moment)
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(FIND)
        cursor.fetchall()
    floor_again = time.perf_counter() - began
    found = {"taken": taken, "again": again, "floor": floor, "floor_again": floor_again}
    children.answer(found | {"queries": None, "queries_again": len(asked)})


def _fill(size: int) -> None:
    """So many roles in force, with their history, as a register would hold them."""
    from ismsroles.core import history
    from ismsroles.core.models import Organisation
    from roles.models import Role

    Organisation.objects.create(name="Bench", time_zone="Europe/London")
    rows = [Role(title=f"Role {number}", purpose="Measured.", state="active", kind="many") for number in range(size)]
    history.bulk_create(rows, Role, actor=None, reason="Measured")


def _floor(moment) -> float:
    """Find the same things and insert the same rows (the review and its event) with a bare cursor; taken back out."""
    import hashlib
    import json
    from uuid import uuid4

    from django.db import connection, transaction

    from ismsroles.core.models import AuditEvent
    from reviews.models import Review

    review = [field.column for field in Review._meta.concrete_fields if field.column != "id"]
    event = [field.column for field in AuditEvent._meta.concrete_fields if field.column != "id"]
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FIND)
        due, run = (moment + timedelta(days=25)).date().isoformat(), uuid4().hex
        values = {"kind": "periodic", "subject_kind": "role", "period": due, "due_on": due, "opened_at": moment, "state": "open", "told": 0,
                  "run": run, "outcome": "", "reason": "", "covers_all": False}  # fmt: skip
        told = {
            "at": moment,
            "code": "review.opened",
            "actor_name": "",
            "subject_type": "reviews.review",
            "reason": "",
            "correlation": run,
        }
        rows = cursor.fetchall()
        cursor.executemany(_insert("reviews_review", review), [
            [{**values, "subject_id": pk, "subject_label": title}.get(name) for name in review] for pk, title, _since, _last in rows
        ])  # fmt: skip
        cursor.executemany(_insert("core_auditevent", event), [
            [{**told, "subject_id": str(pk), "subject_label": title, "params": json.dumps({"what": "role", "due": due}),
              "salt": "0" * 32, "personal_digest": hashlib.sha256(title.encode()).hexdigest()}.get(name) for name in event]
            for pk, title, _since, _last in rows
        ])  # fmt: skip
        taken = time.perf_counter() - began
        transaction.set_rollback(True)
    return taken


def _insert(table: str, columns: list[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"


if __name__ == "__main__":
    main(int(sys.argv[1]))
