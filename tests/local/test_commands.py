"""The command line on a machine where nothing has been set up yet (issue 2, point 8). Migrating that way: tests/test_migrations.py."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ismsroles.local import secrets_kept
from tests.local.test_starting import ROOT


def manage(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "data"), "DATABASE_URL": f"sqlite:///{folder / 'file'}"}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def test_the_key_that_a_command_makes_is_kept_and_only_ours_to_read(tmp_path):
    manage(tmp_path, "check")
    key = tmp_path / "data" / "secret-key"
    first = key.read_text()
    manage(tmp_path, "check")
    assert key.read_text() == first and len(first) > 60 and stat.S_IMODE(key.stat().st_mode) == 0o600


def test_two_that_start_at_once_have_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(secrets_kept.secret_key, [tmp_path] * 8))) == 1


def test_web_does_not_start_with_a_key_that_nobody_gave(tmp_path):
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", "import ismsroles.wsgi"], env=env, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode != 0 and "Set SECRET_KEY" in done.stderr
