"""Tasks call one action each."""

from celery import shared_task
from django.core.management import call_command

from ismsroles.core import log, outbox, waiting


@shared_task(name="core.deliver_outbox")
def deliver_outbox() -> None:
    """Deliver what is due."""
    outbox.deliver_due()


@shared_task(name="core.seal_log")
def seal_log() -> None:
    """Take what is new in the audit log into its chain."""
    log.seal()


@shared_task(name="core.forget_ended_sessions")
def forget_ended_sessions() -> None:
    """Remove sessions that are over."""
    call_command("clearsessions")


@shared_task(name="core.forget_uploaded_lists")
def forget_uploaded_lists() -> None:
    """Forget lists that were uploaded and not imported within a day."""
    waiting.forget_stale()


@shared_task(name="core.tick")
def tick() -> None:
    """That this runs is noted with it, as with every periodic task: the scheduler is alive."""
