"""What a person can choose when they say `make run`, all by environment: PORT, DEMO, DATA_DIR, REDIS_URL."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ismsroles.local.sentences import CannotStart

ROOT = Path(__file__).resolve().parent.parent.parent
NO = {"0", "no", "false", "off"}


@dataclass(frozen=True)
class Options:
    """One person's choices, read once."""

    port: int
    demo: bool
    data_dir: Path
    redis_url: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_dir(self) -> Path:
        return self.data_dir / "log"


def read(env: Mapping[str, str]) -> Options:
    """The choices in the environment; what is not given has a default."""
    return Options(
        port=_port(env.get("PORT") or "8000"),
        demo=(env.get("DEMO") or "1").lower() not in NO,
        data_dir=data_dir(env),
        redis_url=env.get("REDIS_URL", ""),
    )


def data_dir(env: Mapping[str, str]) -> Path:
    """Where everything is kept, as the settings see it too."""
    return Path(env.get("DATA_DIR") or ROOT / "var").expanduser().resolve()


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise CannotStart(f"PORT must be a number from 1 to 65535, not “{text}”. For example: make run PORT=8001")
    return int(text)
