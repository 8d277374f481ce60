"""Tasks call one action each."""

from celery import shared_task

from roles.imports import waiting


@shared_task(name="roles.forget_uploaded_lists")
def forget_uploaded_lists() -> None:
    """Forget lists of people that were uploaded and not imported within a day."""
    waiting.forget_stale()
