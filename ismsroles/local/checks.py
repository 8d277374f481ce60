"""What must be true of the machine before anything is started. Each check raises CannotStart with what to do."""

import ctypes
import errno
import fcntl
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from ismsroles.local.options import Options
from ismsroles.local.sentences import CannotStart

# What WeasyPrint opens at run time, as Debian and macOS call it. It can do without the font subsetter, but then
# the bytes of a PDF differ from those of another machine, so it is required here.
LIBRARIES = {
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "GObject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "HarfBuzz subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
}
APT = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
BREW = "brew install pango"


def pdf_libraries(load: Callable[[str], object] = ctypes.CDLL) -> None:
    """The PDF is made with Pango and HarfBuzz, which are no Python packages: name the exact line that installs them."""
    missing = [name for name, files in LIBRARIES.items() if not _loads(files, load)]
    if missing:
        line = BREW if sys.platform == "darwin" else APT
        raise CannotStart(
            f"The PDF needs libraries that this machine does not have: {', '.join(missing)}.\nInstall them: {line}"
        )


def _loads(files: tuple[str, ...], load: Callable[[str], object]) -> bool:
    for file in files:
        try:
            load(file)
        except OSError:
            continue
        return True
    return False


def port_free(options: Options) -> None:
    """Another program on our port would answer in our place."""
    if _can_listen(options.port):
        return
    other = next((port for port in range(options.port + 1, options.port + 50) if _can_listen(port)), options.port + 1)
    raise CannotStart(
        f"Port {options.port} is in use by another program, perhaps by ismsroles itself.\n"
        f"Stop that program, or use another port: make run PORT={other}"
    )


def _can_listen(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen()
        except PermissionError as no:
            raise CannotStart(
                f"Port {port} needs rights that you do not have. Use a higher one: make run PORT=8000"
            ) from no
        except OSError:
            return False
    return True


def data_folder(options: Options) -> None:
    """Everything that is kept lives in one folder; it must be ours to write in and closed to others."""
    try:
        options.log_dir.mkdir(parents=True, exist_ok=True)
        options.data_dir.chmod(0o700)
        for name in ("mail", "static"):
            (options.data_dir / name).mkdir(exist_ok=True)
        probe = options.data_dir / ".write-test"
        probe.write_text("")
        probe.unlink()
    except OSError as problem:
        raise CannotStart(_why_not(options.data_dir, problem)) from problem


def _why_not(folder: Path, problem: OSError) -> str:
    if problem.errno == errno.ENOSPC:
        return f"The disk that holds {folder} is full. Make room and start again."
    return (
        f"ismsroles cannot write in {folder} ({problem.strerror}).\n"
        "Make that folder yours, or use another one: make run DATA_DIR=~/ismsroles-data"
    )


def only_one(options: Options) -> IO[str]:
    """Two launchers on one data folder would start two brokers on one set of files. The lock ends with the process."""
    lock = (options.data_dir / "run.lock").open("a+", encoding="utf-8")  # noqa: SIM115 (held until the end)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as taken:
        lock.seek(0)
        owner = lock.read().strip()
        lock.close()
        raise CannotStart(
            f"ismsroles is already running with the data in {options.data_dir} (process {owner}).\n"
            "Stop it there with Ctrl-C, or use another folder and port: make run DATA_DIR=/tmp/other PORT=8001"
        ) from taken
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock
