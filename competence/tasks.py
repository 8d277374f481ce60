"""Tasks call one action each."""

from celery import shared_task

from competence.actions import reminding
from competence.imports import waiting


@shared_task(name="competence.remind")
def remind() -> None:
    """Remind people of what is due or expires."""
    reminding.remind()


@shared_task(name="competence.forget_uploaded_lists")
def forget_uploaded_lists() -> None:
    """Forget lists that were uploaded and not imported within a day."""
    waiting.forget_stale()
