"""What of the matrix is published: written once, one accountable role a row by the shape of the table (design rule 6)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from raci.models.matrix import Activity, ActivityGroup, canonical_letters
from roles.models import Role
from roles.models.text import plain_text


class Publication(models.Model):
    """One act of publishing: the whole matrix, or some processes of it."""

    whole = models.BooleanField()
    note = models.TextField(_("what is new"), max_length=1000, blank=True, validators=[plain_text])
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_by_name = models.CharField(max_length=200)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{_('Matrix')} {self.pk}"


class PublishedGroup(models.Model):
    """One process as it was published. The newest row of a process is what is in force."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="groups")
    group = models.ForeignKey(ActivityGroup, on_delete=models.PROTECT, related_name="published")
    name = models.CharField(max_length=160)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["publication", "group"], name="group_published_once_each_time")]

    def __str__(self) -> str:
        return self.name


class PublishedActivity(models.Model):
    """One row as it was published. Its A is a column that cannot be empty: more or less than one accountable role has no place."""

    published = models.ForeignKey(PublishedGroup, on_delete=models.PROTECT, related_name="activities")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="published")
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    accountable = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="published_as_accountable")
    others = models.JSONField(default=dict)  # role id → its letters but the A, in their order

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["published", "activity"], name="activity_published_once_each_time")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def letters(self) -> dict[int, str]:
        """Role id → letters, the A among them."""
        found = {int(role): letters for role, letters in self.others.items()}
        return found | {self.accountable_id: canonical_letters("A" + found.get(self.accountable_id, ""))}
