"""The Celery application: every task may run twice, late, or die half-way (design §6)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ismsroles.settings")

app = Celery("ismsroles")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
