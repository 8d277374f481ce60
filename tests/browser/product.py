"""The whole product as `make run` starts it: broker, worker, beat and web, in a data folder of its own."""

import email
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
INHERITED_NOT = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "MEDIA_ROOT",
    "DJANGO_SETTINGS_MODULE",
    "ISMSROLES_TESTS",
    "SETUP_CODE",
)


@dataclass(frozen=True)
class Product:
    """A running product: its address, its data folder, and what it printed."""

    url: str
    folder: Path

    @property
    def setup_code(self) -> str:
        """The code that the first-run page asks for."""
        return (self.folder / "setup-code").read_text().strip()

    def mailed_link(self, address: str, *, within: float = 30) -> str:
        """The newest link that was mailed to this address; mails are in a folder when there is no mail server."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            if links := self.links_to(address):
                return links[-1]
            time.sleep(0.3)
        raise AssertionError(f"no mail with a link to {address} in {within} s")

    def links_to(self, address: str) -> list[str]:
        found = []
        for file in sorted((self.folder / "mail").glob("*.log"), key=lambda f: f.stat().st_mtime):
            for text in file.read_text(encoding="utf-8").split("-" * 79):
                message = email.message_from_string(text.lstrip(), policy=policy.default)
                if message["To"] and address in message["To"]:
                    found += re.findall(r"https?://\S+", message.get_body(("plain",)).get_content())
        return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def running(folder: Path, *, demo: bool) -> Iterator[Product]:
    """Start the product, wait until it answers, stop it at the end."""
    port = free_port()
    env = {key: value for key, value in os.environ.items() if key not in INHERITED_NOT}
    env |= {"DATA_DIR": str(folder), "PORT": str(port), "DEMO": "1" if demo else "0"}
    env |= {"FONT_DIR": str(ROOT / "var" / "fonts"), "BASE_URL": f"http://127.0.0.1:{port}"}
    log = (folder / "run.log").open("w+")
    process = subprocess.Popen([sys.executable, "-m", "ismsroles.local"], cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        _wait(process, folder / "run.log")
        yield Product(f"http://127.0.0.1:{port}", folder)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=40)


def _wait(process: subprocess.Popen, log: Path) -> None:
    for _attempt in range(1200):
        if "is running at" in log.read_text():
            return
        if process.poll() is not None:
            break
        time.sleep(0.25)
    raise AssertionError(f"the product did not start:\n{log.read_text()}")
