"""Files that people hand in as evidence: kept under a random name outside the web root, given out as a download only (ASVS 5)."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from roles.models import Person


def random_name(_instance: models.Model, _filename: str) -> str:
    """Where a file is kept says nothing of what it is or whose."""
    name = secrets.token_hex(20)
    return f"competence/{name[:2]}/{name}"


class Paper(models.Model):
    """A file as it was checked, who kept it and when. Written once."""

    file = models.FileField(upload_to=random_name)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class KeptFile(Paper):
    """One file about one person."""

    PURPOSES = [("competence", _("competence")), ("performance", _("performance"))]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=PURPOSES)
