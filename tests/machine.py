"""Sets a Debian machine up for the tests: `python -m tests.machine`. As root it installs what is missing.

The product itself needs only the Pango and HarfBuzz libraries; the rest is what tests use: a real PostgreSQL, a real
browser, and programs that check a PDF independently of us.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ismsroles.local import checks
from ismsroles.local.sentences import CannotStart
from tests import postgres
from tests.pdf import vera


@dataclass(frozen=True)
class Need:
    """One thing the tests use: how to see that it is there, and the Debian packages that bring it."""

    what: str
    there: Callable[[], bool]
    packages: tuple[str, ...]


def _command(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _pdf_libraries() -> bool:
    try:
        checks.pdf_libraries()
    except CannotStart:
        return False
    return True


def _java_compiles() -> bool:
    """The veraPDF driver is one Java file, compiled when it is started."""
    if not shutil.which("java"):
        return False
    listed = subprocess.run(["java", "--list-modules"], capture_output=True, text=True)
    return "jdk.compiler" in listed.stdout


def _jaxb() -> bool:
    """The jars that Java no longer brings itself, as tests/pdf/vera.py puts them together."""
    return all(Path("/usr/share/java", jar).exists() for jar in vera.JAXB)


NEEDS = (
    Need("Pango and HarfBuzz", _pdf_libraries, ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")),
    Need("a PostgreSQL server", lambda: postgres.programs() is not None, ("postgresql",)),
    Need("a browser", _command("chromium"), ("chromium",)),
    Need("poppler's tools", _command("pdftotext"), ("poppler-utils",)),
    Need("qpdf", _command("qpdf"), ("qpdf",)),
    Need("Java for veraPDF", _java_compiles, ("default-jdk-headless",)),
    Need("JAXB for veraPDF", _jaxb, ("libjaxb-java", "libjaxb-api-java", "libactivation-java")),
)


def main() -> int:
    missing = _missing()
    if missing and _may_install():
        _install([package for need in missing for package in need.packages])
        missing = _missing()
    for need in missing:
        print(f"The tests need {need.what}: apt install {' '.join(need.packages)}", file=sys.stderr)
    return 2 if missing else 0


def _missing() -> list[Need]:
    return [need for need in NEEDS if not need.there()]


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(packages: list[str]) -> None:
    print(f"Installing {' '.join(packages)}", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=env, check=False)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=env, check=False)


if __name__ == "__main__":
    sys.exit(main())
