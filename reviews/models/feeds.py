"""The private address of a person's calendar: only the fingerprint of its secret is kept (T2; ASVS 11.5.1)."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from roles.models import Person


class CalendarFeed(models.Model):
    """One address a person; making a new one, or taking it back, ends the one before."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar link")

    def __str__(self) -> str:
        return str(self.person)

    @staticmethod
    def digest_of(secret: str) -> str:
        """What is kept of a secret: 256 random bits need no salt."""
        return hashlib.sha256(secret.encode()).hexdigest()
