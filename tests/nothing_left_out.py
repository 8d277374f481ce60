"""A pytest plugin: a test that was skipped is said loudly, and in CI it is a failure.

A test that belongs to the other database may be skipped; its reason begins with "PostgreSQL only" or "SQLite only".
"""

import os

ALLOWED = ("PostgreSQL only", "SQLite only")
_left_out: list[str] = []


def pytest_runtest_logreport(report) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _left_out.append(f"{report.nodeid}: {_reason(report)}")


def pytest_collectreport(report) -> None:
    if report.skipped:
        _left_out.append(f"{report.nodeid}: {_reason(report)}")


def _reason(report) -> str:
    longrepr = report.longrepr
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return text.removeprefix("Skipped: ")


def _unexcused() -> list[str]:
    return [line for line in _left_out if not any(f": {reason}" in line for reason in ALLOWED)]


def pytest_sessionfinish(session) -> None:
    if os.environ.get("CI") and _unexcused() and not hasattr(session.config, "workerinput"):
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter) -> None:
    if _unexcused():
        terminalreporter.section("LEFT OUT ON THIS MACHINE", red=True)
        for line in _unexcused():
            terminalreporter.line(line)
