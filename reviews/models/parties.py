"""Interested parties outside, and what each was given: when, by whom, as a copy or as a dated link (coverage K2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from ismsroles.records.models import Version
from raci.models import ReadingLink
from roles.models.text import plain_text


class Party(models.Model):
    """Somebody outside who has an interest in who answers for information security."""

    KINDS = [
        ("customer", _("customer")), ("supplier", _("supplier")), ("regulator", _("regulator")), ("insurer", _("insurer")),
        ("other", _("other")),
    ]  # fmt: skip

    name = models.CharField(_("name"), max_length=200, validators=[plain_text])
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default="customer")
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, validators=[plain_text], help_text=_("Whom we write to there.")
    )
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    interest = models.TextField(
        _("what they want to know"), max_length=1000, blank=True, validators=[plain_text],
        help_text=_("And what says so: a contract, a law, a question they asked."),
    )  # fmt: skip
    retired = models.BooleanField(default=False, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("interested party")
        verbose_name_plural = _("interested parties")
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(retired=False), name="party_once",
                violation_error_message=_("This party is on the list already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("party", args=[self.pk])


class Given(models.Model):
    """What one party was given: a version, as a copy or by a link. Written once; a link is revoked, never erased."""

    WAYS = [("copy", _("a copy")), ("link", _("a link"))]

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="given")
    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="given_to")
    sha256 = models.CharField(max_length=64, editable=False)
    way = models.CharField(max_length=4, choices=WAYS, editable=False)
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)
    note = models.CharField(
        _("how"),
        max_length=300,
        blank=True,
        validators=[plain_text],
        help_text=_("By which way, with which reference."),
    )
    link = models.OneToOneField(ReadingLink, null=True, editable=False, on_delete=models.PROTECT, related_name="given")

    class Meta:
        ordering = ["-given_on", "-pk"]
        verbose_name = _("handover")
        constraints = [
            models.CheckConstraint(
                condition=Q(way="copy", link=None) | Q(way="link", link__isnull=False), name="a_link_is_named"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.version}"

    def clean(self) -> None:
        refuse_far_off(self)
