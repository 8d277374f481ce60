"""The product's settings for tests: a temporary data folder, no TLS on loopback, no broker unless a test starts one.

They are put into the environment, so that a process that a test starts (a worker, a command) has the same ones.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _folder() -> str:
    folder = tempfile.mkdtemp(prefix="ismsroles-tests-")
    owner = os.getpid()
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(folder, ignore_errors=True))
    return folder


if "ISMSROLES_TESTS" not in os.environ:  # the first process decides, its children follow
    os.environ["ISMSROLES_TESTS"] = _folder()
    os.environ["DATA_DIR"] = os.environ["ISMSROLES_TESTS"]
    os.environ["SECRET_KEY"] = "only-for-tests-" + "0123456789abcdef" * 4
    os.environ["LOCAL_HTTP"] = "1"
    os.environ["FONT_DIR"] = str(ROOT / "var" / "fonts")  # cut once, kept between runs
    for name in ("REDIS_URL", "EMAIL_URL", "SETUP_CODE", "MEDIA_ROOT", "DEBUG", "BASE_URL"):
        os.environ.pop(name, None)

from ismsroles.settings import *  # noqa: E402, F403

# The product's hashes take long on purpose; hundreds of logins a test run need not. test_settings.py looks at the real ones.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Each client of a test would look through all static files again; a file is looked for when it is asked for.
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in the product: in memory, SQLite has no two connections that wait for each other. It need not survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["DATA_DIR"]) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
    )
