"""`manage.py deliver_outbox`: deliver what is due, by hand. Safe to run beside workers."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from ismsroles.core import health, outbox


class Command(BaseCommand):
    """Exit status 0: nothing that was tried is left; 1: something did not arrive and is kept; 2: could not."""

    help = "Deliver every message that is due: mails, digests, PDFs. What does not arrive is kept and tried again."

    def handle(self, *args, **options) -> None:
        try:
            delivered = 0
            while now := outbox.deliver_due():
                delivered += now
            found = health.health()
        except DatabaseError as error:
            raise CommandError(f"The database could not be used: {error}", returncode=2) from error
        self.stdout.write(f"delivered: {delivered}\nwaiting: {found.waiting}\nfailed so far: {found.failed}")
        if found.failed:
            raise SystemExit(1)
