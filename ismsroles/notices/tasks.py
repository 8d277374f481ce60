"""Tasks call one action each."""

from celery import shared_task

from ismsroles.core import scope
from ismsroles.notices import actions, digests


@shared_task(name="notices.make_digests")
def make_digests() -> None:
    """Make the digests that are due."""
    with scope.opened():
        digests.make_due()


@shared_task(name="notices.forget_old_messages")
def forget_old_messages() -> None:
    """Forget messages of more than a year ago."""
    actions.forget_old()
