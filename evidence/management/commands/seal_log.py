"""manage.py seal_log: take what is new in the audit log into its chain, and print the head."""

from django.core.management.base import BaseCommand

from ismsroles.core import log


class Command(BaseCommand):
    """Exit status 0: sealed, or nothing was new."""

    help = "Seal what is new in the audit log and print the head of the chain. Note it somewhere else: verify_log --head compares."

    def handle(self, *args, **options) -> None:
        head = log.seal()
        self.stdout.write(
            f"Sealed up to event {head.up_to}, head {head.digest}" if head else "Nothing was ever written."
        )
