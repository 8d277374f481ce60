"""Tasks call one action each."""

from celery import shared_task

from reviews import sweep


@shared_task(name="reviews.run_due")
def run_due() -> None:
    """Open, remind of and escalate what is due."""
    sweep.run_due()
