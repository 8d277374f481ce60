"""Secrets that an installation makes for itself once and keeps in its data folder, readable by its owner only."""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ismsroles.local.options import data_dir

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another


def secret_key(folder: Path) -> str:
    """What signs sessions and links."""
    return _kept(folder / "secret-key", lambda: secrets.token_urlsafe(64))


def setup_code(folder: Path) -> str:
    """What the first-run page asks for, easy to type."""
    return _kept(folder / "setup-code", lambda: "-".join(_four() for _ in range(3)))


def for_the_command_line() -> None:
    """Commands work right after the installation, without settings: they make the key that `make run` would make.

    Web, worker and beat do not come this way: on a server they refuse to start without SECRET_KEY or its file.
    """
    if not os.environ.get("SECRET_KEY"):
        with suppress(OSError):  # a folder that cannot be written in: the settings say what is missing
            secret_key(data_dir(os.environ))


def _four() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(4))


def _kept(file: Path, fresh: Callable[[], str]) -> str:
    """The secret of an earlier run, else a fresh one. Of two processes that come at once, one writes and both read that."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # readable by its owner only
        with os.fdopen(handle, "w") as out:
            out.write(fresh() + "\n")
        with suppress(FileExistsError):
            os.link(unfinished, file)
        os.unlink(unfinished)
    return file.read_text().strip()
