"""Versions of policies and processes that the management review team signs off (coverage T4; clause 5.2)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ismsroles.records.models import Artefact, Version
from roles.models import Policy, Process
from roles.models.text import plain_text

SHA256 = RegexValidator(r"^[0-9a-f]{64}\Z", _("A SHA-256 has 64 signs: digits and a to f."))


class Paper(models.Model):
    """One version of one policy or process: the file itself, or where it is kept and its SHA-256. Written once."""

    policy = models.ForeignKey(
        Policy, verbose_name=_("policy"), null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    process = models.ForeignKey(
        Process, verbose_name=_("process"), null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    number = models.CharField(_("version"), max_length=20, validators=[plain_text])
    summary = models.TextField(_("what it brings"), max_length=1000, validators=[plain_text])
    file = models.ForeignKey(
        Artefact, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=100, blank=True, editable=False)
    link = models.URLField(_("link"), max_length=500, blank=True, help_text=_("Where it is kept, if not here."))
    sha256 = models.CharField(
        _("SHA-256 of the file behind the link"), max_length=64, blank=True, validators=[SHA256],
        help_text=_("So that it shows if the file behind the link is another one. “sha256sum FILE” prints it."),
    )  # fmt: skip
    version = models.OneToOneField(Version, editable=False, on_delete=models.PROTECT, related_name="paper")
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    handed_in_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-handed_in_at", "-pk"]
        verbose_name = _("version of a policy or process")
        constraints = [
            models.CheckConstraint(
                condition=Q(policy__isnull=False, process=None) | Q(policy=None, process__isnull=False), name="a_paper_is_of_one_thing",
                violation_error_message=_("Choose a policy or a process, one of them."),
            ),
            models.CheckConstraint(condition=~Q(sha256=""), name="a_paper_has_a_fingerprint"),
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(link=""), name="a_paper_is_a_file_or_a_link"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.subject}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("version", args=[self.version_id])

    def clean(self) -> None:
        if self.link and not self.link.lower().startswith(("https://", "http://")):
            raise ValidationError({"link": _("Write a link that begins with https://.")})

    @property
    def subject(self) -> Policy | Process:
        """What it is a version of."""
        return self.policy or self.process

    @property
    def series(self) -> str:
        """Each policy and process has its own row of versions."""
        return f"policy-{self.policy_id}" if self.policy_id else f"process-{self.process_id}"
