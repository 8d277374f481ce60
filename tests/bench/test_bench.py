"""`python -m bench --quick` measures everything once, in small. What it measures is looked at by people, not by tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.pages import Size
from bench.report import Row, markdown, table, verdicts

ROOT = Path(__file__).resolve().parent.parent.parent
POSTGRES = os.environ.get("DATABASE_URL", "")
on_sqlite = pytest.mark.skipif(bool(POSTGRES), reason="SQLite only: the benchmark makes its own databases")
MEASURED = (
    "role list",
    "role page",
    "people list",
    "overview",
    "matrix: page",
    "web worker's memory",
    "import: apply",
    "roles document",
    "plain page",
)


@on_sqlite
@pytest.mark.slow
def test_the_quick_benchmark_runs_and_prints_every_row():
    command = [sys.executable, "-m", "bench", "--quick", "--only", "pages", "matrix", "pdf", "import"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(what in done.stdout for what in MEASURED), done.stdout


def test_a_measurement_is_told_as_a_multiple_of_its_floor():
    row = Row("SQLite", "role list", "25 roles", 18.0, floor=2.0, queries=9)
    assert row.ratio == 9 and "18 ms" in table([row]) and "| 9 |" in markdown([row])


@pytest.mark.parametrize(("few", "many", "said"), [(12, 12, "holds"), (12, 13, "BROKEN"), (13, 13, "BROKEN")])
def test_a_list_page_promises_few_queries_and_the_same_number_at_every_size(few, many, said):
    rows = [
        Row("SQLite", "role list", size, 1.0, queries=count) for size, count in (("25 roles", few), ("200 roles", many))
    ]
    assert verdicts(rows)[0].startswith(said)


@pytest.mark.parametrize(("seconds", "said"), [(29, "holds"), (31, "BROKEN")])
def test_the_people_list_promises_not_to_slow_down_with_the_organisation(seconds, said):
    sizes = (Size(60, 25), 20), (Size(10_000, 200), seconds)
    rows = [Row("SQLite", "people list", size.of("people list"), taken, queries=9) for size, taken in sizes]
    assert verdicts(rows)[-1].startswith(said)


@pytest.mark.parametrize(("taken", "said"), [(1.3, "holds"), (1.4, "BROKEN")])
def test_the_cells_of_the_matrix_promise_to_stay_near_their_floor(taken, said):
    rows = [Row("SQLite", "matrix: cells", "200 × 300, 10,000 cells", 10 * taken, floor=10.0, queries=4)]
    assert verdicts(rows)[-1].startswith(said)
