"""`python -m bench`: measures, prints one table, writes bench/results.json. `--quick` shows in a minute that it works."""

import argparse
import os
import platform
import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from bench import children, competence, databases, matrix, pages, pdf, people, report, starting, sweep
from bench.databases import Databases
from bench.pages import Size
from bench.report import Row

PARTS = ("pages", "matrix", "competence", "pdf", "import", "sweep", "start")
FULL = {
    "sizes": [Size(60, 25), Size(1_000, 60), Size(10_000, 200)],
    "rounds": 60,
    "pdf": [25, 200],
    "import": (2_000, 3),
    "matrix": (200, 300, 10_000),
    "sweep": [1_000, 10_000, 100_000],
    "competence": {"gaps": (10_000, 200, 60), "matrix": (500, 40, 20)},
}
QUICK = {
    "sizes": [Size(60, 25), Size(120, 30)],
    "rounds": 3,
    "pdf": [3],
    "import": (50, 1),
    "matrix": (20, 30, 200),
    "sweep": [200, 400],
    "competence": {"gaps": (100, 20, 10)},
}
RESULTS = children.ROOT / "bench" / "results.json"


def main() -> int:
    chosen = _choices()
    plan = QUICK if chosen.quick else FULL
    began = _load()
    with tempfile.TemporaryDirectory(prefix="ismsroles-bench-") as folder:
        rows = _measured(chosen, plan, Path(folder))
    print(report.markdown(rows) if chosen.markdown else report.table(rows))
    print("", *report.verdicts(rows), sep="\n")
    if not chosen.quick:
        report.write(chosen.out, rows, _machine() | {"load_before": began, "load_after": _load()})
    return 0


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small and few: shows that it works, measures nothing")
    parser.add_argument("--postgres", action="store_true", help="also on a PostgreSQL server started for it")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument(
        "--only", choices=PARTS, nargs="+", default=PARTS, metavar="PART", help=f"some of: {', '.join(PARTS)}"
    )
    parser.add_argument(
        "--out", type=Path, default=RESULTS, help="where the figures go as JSON (default: bench/results.json)"
    )
    return parser.parse_args()


def _measured(chosen: argparse.Namespace, plan: dict, folder: Path) -> list[Row]:
    rows: list[Row] = []
    with ExitStack() as open_until_then:
        kinds: list[Databases] = [databases.Sqlite(folder)]
        if chosen.postgres:
            kinds.append(open_until_then.enter_context(databases.postgresql()))
        for kind in kinds:
            rows += _on(kind, chosen, plan, folder / kind.name)
    if "pdf" in chosen.only:
        rows += pdf.measure(plan["pdf"], folder, _say)
    return rows


def _on(kind: Databases, chosen: argparse.Namespace, plan: dict, folder: Path) -> list[Row]:
    last = [starting.migrated(kind, folder, _say, at_once=chosen.quick)]
    rows: list[Row] = []
    if "pages" in chosen.only:
        rows += pages.measure(kind, plan["sizes"], plan["rounds"], folder, _say)
    if "matrix" in chosen.only:
        rows += matrix.measure(kind, *plan["matrix"], plan["rounds"], folder, _say)
    if "competence" in chosen.only:
        rows += competence.measure(kind, plan["competence"], folder, _say)
    if "import" in chosen.only:
        rows += people.measure(kind, *plan["import"], folder, _say)
    if "sweep" in chosen.only:
        rows += sweep.measure(kind, plan["sweep"], folder, _say)
    if "start" in chosen.only:
        rows += [*last, *starting.measure(kind, folder / "started", _say, demo=not chosen.quick)]
    return rows


def _say(sentence: str) -> None:
    print(f"{sentence} …", file=sys.stderr, flush=True)


def _load() -> float:
    return round(os.getloadavg()[0], 1)


def _machine() -> dict[str, object]:
    return {
        "at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
    }


if __name__ == "__main__":
    sys.exit(main())
