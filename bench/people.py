"""Import of people from a workbook against the least a database needs to take the same rows: `python -m bench.people 2000`."""

import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

from bench import children, company
from bench.databases import Databases
from bench.report import Row

COLUMNS = ("external_id", "name", "email", "kind", "employer", "job_title", "phone", "starts_on")
HEADERS = (
    "Personnel number",
    "Name",
    "E-mail",
    "Kind",
    "Employer",
    "Job title",
    "Phone",
    "First day",
    "Department",
    "Manager",
)


def measure(databases: Databases, count: int, times: int, folder: Path, say: Callable[[str], None]) -> list[Row]:
    """Reading and planning, then applying, each against executemany of as many rows; median of so many empty databases."""
    say(f"{databases.name}: import of {count:,} people from XLSX, {times} times")
    found = []
    for turn in range(times):
        url = databases.copy("migrated", f"import{turn}")
        found.append(children.ask("people", count, env=children.environment(folder, url)))
    floor, planned, applied = (median(one[name] for one in found) for name in ("floor", "plan", "apply"))
    of = f"{count:,} rows"
    return [
        Row(databases.name, "import: read and plan", of, planned, "s", floor),
        Row(databases.name, "import: apply", of, applied, "s", floor, rival="55 s in all" if count == 2000 else ""),
    ]


def main(count: int) -> None:
    import django

    django.setup()
    children.answer({"floor": _floor(count), **_imported(_workbook(count))})


def _floor(count: int) -> float:
    """Seconds for the rows with a bare cursor in one transaction; they are taken back out, so that the import finds none."""
    from django.db import connection, transaction

    rows = [_raw(number) for number in range(count)]
    marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
    began = time.perf_counter()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO roles_person ({', '.join(COLUMNS)}, name_key) VALUES ({marks})", rows)
        taken = time.perf_counter() - began
        transaction.set_rollback(True)
    return taken


def _raw(number: int) -> tuple[object, ...]:
    from ismsroles.core import clock

    one = company.person(number, clock.today())
    return (*(one[name] for name in COLUMNS), one["name"].casefold())


def _workbook(count: int) -> bytes:
    import openpyxl

    from ismsroles.core import clock

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADERS)
    for number in range(count):
        one = company.person(number, clock.today())
        manager = f"P{number // 8:06}" if number else ""
        sheet.append([*(one[name] for name in COLUMNS), f"Area {number % company.AREAS}", manager])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _imported(content: bytes) -> dict[str, float]:
    from ismsroles.core import clock, tabular
    from roles import imports

    began = time.perf_counter()
    table = tabular.read(content, "people.xlsx", known=imports.KNOWN)
    plan = imports.plan(table, imports.guess_mapping(table.headers, table.rows), today=clock.today())
    planned = time.perf_counter()
    done = imports.apply(plan, actor=None, source="people.xlsx")
    if done.new != len(table.rows):
        raise SystemExit(f"{done.new} of {len(table.rows)} rows were taken in: {plan.problems[:3]}")
    return {"plan": planned - began, "apply": time.perf_counter() - planned}


if __name__ == "__main__":
    main(int(sys.argv[1]))
