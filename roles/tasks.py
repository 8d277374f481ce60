"""Tasks call one action each."""

from celery import shared_task

from ismsroles.core import scope
from roles.actions import telling_changes


@shared_task(name="roles.tell_of_changes")
def tell_of_changes() -> None:
    """Tell holders what was changed in their roles."""
    with scope.opened():
        telling_changes.tell_of_changes()
