"""Tasks call one action each."""

from celery import shared_task

from competence.actions import reminding


@shared_task(name="competence.remind")
def remind() -> None:
    """Remind people of what is due or expires."""
    reminding.remind()
