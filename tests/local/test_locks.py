"""The locked sets: every file by hash, one version in both sets, and no address of where packages come from."""

import re
from pathlib import Path

import pytest

LOCKS = Path(__file__).resolve().parent.parent.parent / "requirements"


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (LOCKS / name).read_text(), re.MULTILINE))


def test_developers_run_the_versions_that_users_run():
    develop = pins("dev.txt")
    assert {name: develop.get(name) for name in pins("base.txt")} == pins("base.txt")


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt"])
def test_every_package_is_locked_by_hash(lock):
    entries = re.split(r"^(?=[a-z0-9])", (LOCKS / lock).read_text(), flags=re.MULTILINE)
    assert [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt"])
def test_a_lock_says_what_and_never_from_where(lock):
    assert "://" not in (LOCKS / lock).read_text()
