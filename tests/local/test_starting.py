"""What `make run` says when this machine cannot run the product: a sentence with what to do, status 2, no traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ismsroles.local import checks, options
from ismsroles.local.sentences import CannotStart

ROOT = Path(__file__).resolve().parent.parent.parent
SETUP = ROOT / "ismsroles" / "local" / "setup.sh"


def launch(**env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ismsroles.local"]
    return subprocess.run(command, env={**os.environ, **env}, cwd=ROOT, capture_output=True, text=True, timeout=60)


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words), done.stderr


def test_a_port_in_use_is_named_with_another_one_to_take(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused(launch(PORT=str(port), DATA_DIR=str(tmp_path)), f"Port {port} is in use", "make run PORT=")


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1", "٨٠٠٠"])
def test_a_port_that_is_none_is_named_with_an_example(port, tmp_path):
    refused(launch(PORT=port, DATA_DIR=str(tmp_path)), f"“{port}”", "make run PORT=8001")


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    refused(launch(DATA_DIR=str(tmp_path / "file" / "data")), "cannot write in", "DATA_DIR=")


def test_a_data_folder_of_somebody_else_is_named():
    # Nobody may make files there, not even root.
    refused(launch(DATA_DIR="/proc/ismsroles"), "cannot write in /proc/ismsroles", "make run DATA_DIR=")


def test_a_broker_that_does_not_answer_is_named(tmp_path):
    refused(
        launch(DATA_DIR=str(tmp_path), PORT=free_port(), REDIS_URL=f"redis://127.0.0.1:{free_port()}/0"), "REDIS_URL"
    )


def test_a_database_that_does_not_answer_is_named(tmp_path):
    address = f"postgres://nobody:nothing@127.0.0.1:{free_port()}/nothing"
    done = launch(DATA_DIR=str(tmp_path), PORT=free_port(), DATABASE_URL=address)
    refused(done, "The database does not answer", "Check DATABASE_URL", "Nothing was started")


def test_a_missing_pdf_library_is_named_with_the_line_that_installs_it():
    def without_pango(file: str) -> None:
        if "pango" in file:
            raise OSError(file)

    with pytest.raises(
        CannotStart, match=r"does not have: Pango, PangoFT2\.\nInstall them: (apt|brew) install .*pango"
    ):
        checks.pdf_libraries(without_pango)


def test_the_libraries_that_are_asked_for_are_the_ones_the_pdf_is_made_with():
    checks.pdf_libraries()
    import weasyprint  # noqa: F401 (would raise)


def test_two_launchers_do_not_share_a_data_folder(tmp_path):
    first = options.read({"DATA_DIR": str(tmp_path)})
    checks.data_folder(first)
    with checks.only_one(first):
        refused(launch(DATA_DIR=str(tmp_path), PORT=free_port()), "already running", f"process {os.getpid()}")


def test_without_python_it_says_what_to_install(tmp_path):
    refused(setup(tmp_path, pythons={}), "needs Python 3.11 or later", "apt install python3")


def test_an_old_python_is_not_taken(tmp_path):
    refused(setup(tmp_path, pythons={"python3": "exit 1"}), "needs Python 3.11 or later")


def test_a_python_that_cannot_make_environments_is_told(tmp_path):
    refused(setup(tmp_path, pythons={"python3": 'case "$2" in *ensurepip*) exit 1;; esac'}), "apt install python3-venv")


def setup(tmp_path: Path, pythons: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The first step of make run on a machine that has these Pythons and no other."""
    for name, script in pythons.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    env = {"PATH": str(tmp_path), "VENV": str(tmp_path / "venv")}
    return subprocess.run(["/bin/sh", str(SETUP), "base"], env=env, capture_output=True, text=True)


def free_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])
