"""The Celery application: every task may run twice, late, or die half-way (design §6)."""

import os

from celery import Celery
from celery.signals import task_postrun, task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ismsroles.settings")

app = Celery("ismsroles")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def _began(task=None, **_signal) -> None:
    from ismsroles.core import periodic

    periodic.began(task.name)


@task_postrun.connect
def _ended(task=None, retval=None, state="", **_signal) -> None:
    from ismsroles.core import periodic

    periodic.ended(task.name, "" if state == "SUCCESS" else f"{type(retval).__name__}: {retval}")
