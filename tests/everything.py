"""All checks and tests, one after the other, each with its time: `python -m tests.everything [--only lint|tests]`.

One failure does not hide the next: every step runs, and the end says which failed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "tests.nothing_left_out")
ON_POSTGRES = (sys.executable, "-m", "tests.postgres", "--")
TEMPLATES = sorted(
    str(folder) for pattern in ("templates", "*/templates", "*/*/templates") for folder in Path().glob(pattern)
)
TEST_SETTINGS = "--settings=tests.settings"
# What a real installation sets, so that Django's own deployment checks mean something.
PRODUCTION = {
    "SECRET_KEY": "a-long-random-text-of-a-real-installation-0123456789-abcdefghijklmnop",
    "ALLOWED_HOSTS": "roles.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://roles.example.org",
    "BASE_URL": "https://roles.example.org",
    "DATABASE_URL": "postgres://ismsroles:secret@database/ismsroles",
    "REDIS_URL": "redis://broker:6379/0",
    "EMAIL_URL": "smtp+tls://mail.example.org:587",
    "LOCAL_HTTP": "0",
    "DEBUG": "0",
}


# These ask no database anything, so once is enough.
ONCE = (
    "tests/local/test_broker.py",
    "tests/local/test_crashes.py",  # starts a PostgreSQL of its own
    "tests/local/test_locks.py",
    "tests/local/test_starting.py",
    "tests/local/test_containers.py",
    "tests/bench",
    "tests/records/test_pdf.py",
    "tests/records/test_pdf_chart.py",
    "tests/evidence/test_document.py",
    "tests/evidence/test_document_large.py",
    "tests/core/test_tabular.py",
    "tests/core/test_tabular_hostile.py",
    "tests/core/test_dates.py",
    "tests/test_docs.py",
    # Who may open what, and what every page carries: each page asks PostgreSQL in the tests of its own subject.
    "tests/test_access.py",
    "tests/test_every_url.py",
    "tests/test_mass_assignment.py",
    "tests/test_canary.py",
)


@dataclass(frozen=True)
class Step:
    """One command that must end with 0."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


def lint() -> list[Step]:
    manage = (sys.executable, "manage.py")
    return [
        Step("style (ruff)", (str(BIN / "ruff"), "check", ".")),
        Step("format (ruff)", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
        Step("imports go one way", (str(BIN / "lint-imports"),)),
        Step("templates (djlint)", (str(BIN / "djlint"), *TEMPLATES, "--lint", "--quiet")),
        Step("migrations are complete", (*manage, "makemigrations", "--check", "--dry-run", TEST_SETTINGS)),
        Step("settings of production", (*manage, "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    ]


def tests() -> list[Step]:
    quick = ("-n", "2", "--dist", "worksteal", "-m", "not browser")  # a few tests take as long as hundreds of others
    not_again = tuple(f"--ignore={name}" for name in ONCE)
    return [
        Step("tests on SQLite", (*PYTEST, *quick)),
        Step("tests on PostgreSQL", (*ON_POSTGRES, *PYTEST, *quick, *not_again)),
        # Once, and on the database that can be read by the test while the page writes.
        Step(
            "browser",
            (*ON_POSTGRES, *PYTEST, "-n", "2", "--dist", "loadfile", "-m", "browser"),
            {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"},
        ),
    ]


def run(step: Step) -> tuple[bool, float]:
    print(f"\n══ {step.name} ══", flush=True)
    began = time.monotonic()
    done = subprocess.run(step.command, env={**os.environ, **step.env})
    return done.returncode == 0, time.monotonic() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["lint", "tests"])
    only = parser.parse_args().only
    steps = (lint() if only != "tests" else []) + (tests() if only != "lint" else [])
    fonts = _cut_fonts() if only != "lint" else None
    results = [(step, *run(step)) for step in steps]
    if fonts is not None:
        fonts.wait()
    _summary(results)
    return 0 if all(passed for _, passed, _ in results) else 1


def _cut_fonts() -> subprocess.Popen[bytes]:
    """On a fresh machine the fonts of the PDF are cut while the checks run; whichever test comes first need not wait for all of them."""
    code = "import django; django.setup(); from ismsroles.records.pdf import fonts; fonts.cut_all()"
    return subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    )


def _summary(results: list[tuple[Step, bool, float]]) -> None:
    print("\n" + "═" * min(shutil.get_terminal_size().columns, 60))
    for step, passed, seconds in results:
        print(f"{'passed' if passed else 'FAILED':8}{step.name:28}{seconds:7.1f} s")
    total = sum(seconds for _, _, seconds in results)
    print(f"{'':8}{'all together':28}{total:7.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
