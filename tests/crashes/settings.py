"""The product's settings for runs in which its processes are killed: the scheduler looks for work every few seconds."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403

# Tables are made from the models, as in the other tests.
MIGRATION_MODULES = {app.rpartition(".")[2]: None for app in INSTALLED_APPS}  # noqa: F405
EVERY = {"core.tick": 10.0, "core.deliver_outbox": 2.0, "reviews.run_due": 3.0, "notices.make_digests": 10.0}
CELERY_BEAT_SCHEDULE = {
    name: entry | {"schedule": EVERY[entry["task"]]}
    for name, entry in SCHEDULE.items()  # noqa: F405
    if entry["task"] in EVERY
}
CELERY_BEAT_SCHEDULE_FILENAME = str(Path(os.environ["DATA_DIR"]) / "beat-schedule")
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
