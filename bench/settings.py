"""The product's settings as `make run` has them, with the floor's address and a counter of SQL queries added."""

from ismsroles.settings import *  # noqa: F403
from ismsroles.settings import MIDDLEWARE

ROOT_URLCONF = "bench.floor"
MIDDLEWARE = ["bench.floor.Counted", *MIDDLEWARE]
