"""What the commands that import a list share: they read a file, and end with 0, 1 or 2."""

import sys
from abc import ABC, abstractmethod

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ismsroles.core.errors import Refusal

FINE, FOUND, COULD_NOT = 0, 1, 2


class ListCommand(BaseCommand, ABC):
    """Exit status 0 fine, 1 something was refused (`run` says which of the two), 2 could not."""

    def handle(self, *args, **options) -> None:
        try:
            status = self.run(options)
        except (Refusal, OSError) as error:
            raise CommandError(_why(error), returncode=COULD_NOT) from error
        if status != FINE:
            sys.exit(status)

    @abstractmethod
    def run(self, options: dict) -> int:
        """Take the list in; FINE or FOUND."""


def _why(error: Exception) -> str:
    unreadable = _("The file cannot be read: %s") % (getattr(error, "strerror", "") or error)
    return getattr(error, "message", "") or unreadable
