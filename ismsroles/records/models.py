"""Versions of documents, their sign-offs, and the bytes that both are about (design §7)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ismsroles.records import kinds

OPEN = ("preparing", "frozen", "sent", "signed")


class Artefact(models.Model):
    """Bytes kept under their SHA-256: snapshots, sign-offs, PDFs. Written once."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    media_type = models.CharField(max_length=60)
    content = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class SealKey(models.Model):
    """A key that sealed here: kept for ever, so that what it sealed can be checked after the key was changed or lost."""

    fingerprint = models.CharField(primary_key=True, max_length=64)
    certificate = models.BinaryField()
    since = models.DateTimeField()

    class Meta:
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.fingerprint


class Version(models.Model):
    """A version of a document: a frozen snapshot, its sign-offs, and the PDF rendered once from both (rule 10)."""

    STATES = [
        ("preparing", _("being prepared")),
        ("frozen", _("frozen draft")),
        ("sent", _("waiting for signatures")),
        ("signed", _("signed, being issued")),
        ("published", _("in force")),
        ("superseded", _("superseded")),
        ("rejected", _("not signed")),
        ("recalled", _("recalled")),
    ]

    kind = models.CharField(max_length=40)
    series = models.CharField(max_length=40, blank=True)  # which document of its kind; empty where there is only one
    number = models.CharField(_("version"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what it brings"), max_length=2000)
    state = models.CharField(max_length=12, choices=STATES, default="preparing", editable=False)
    snapshot = models.ForeignKey(Artefact, on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(Artefact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signoffs_record = models.ForeignKey(Artefact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    final = models.ForeignKey(Artefact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sealed_with = models.ForeignKey(SealKey, null=True, blank=True, on_delete=models.PROTECT, related_name="versions")
    is_stamped = models.BooleanField(_("carries a time stamp"), default=False)
    log_head = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_by_name = models.CharField(max_length=200)
    frozen_by_key = models.CharField(
        max_length=60
    )  # whoever prepared it, the same for all logins of one person (rule 1)
    needed = models.PositiveSmallIntegerField(_("approvals needed"), default=0)  # of those named; 0: all of them
    in_turn = models.BooleanField(_("approved one after the other"), default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.TextField(blank=True, max_length=2000)
    fault = models.TextField(blank=True)  # why rendering failed, for the page that waits for it

    class Meta:
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "series", "number"],
                condition=~Q(state__in=["rejected", "recalled"]),
                name="version_number_once",
                violation_error_message=_("This version number is taken. Choose the next one."),
            ),
            models.UniqueConstraint(
                fields=["kind", "series"],
                condition=Q(state__in=OPEN),
                name="one_open_version",
                violation_error_message=_("Another version is on its way already. Publish or recall that one first."),
            ),
            models.UniqueConstraint(
                fields=["kind", "series"], condition=Q(state="published"), name="one_version_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded"])
                | (Q(final__isnull=False) & Q(signoffs_record__isnull=False) & Q(published_at__isnull=False)),
                name="in_force_means_signed_and_rendered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse(kinds.get(self.kind).page, args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is on its way: frozen or about to be, and neither in force nor given up."""
        return self.state in OPEN

    @property
    def is_being_rendered(self) -> bool:
        """Whether a worker has to make its PDF before anything can be done."""
        return self.state in ("preparing", "signed")

    @property
    def is_signed(self) -> bool:
        """Whether there is a final PDF that was signed off."""
        return self.state in ("published", "superseded")

    @property
    def current_pdf_id(self) -> str | None:
        """SHA-256 of the PDF to show: the final one, else the draft."""
        return self.final_id or self.draft_id


class SignOff(models.Model):
    """One named signer's place on one version: who, in which role, with which meaning; and then when, how and over what."""

    STATES = [("waiting", _("waiting")), ("signed", _("signed")), ("rejected", _("not signed"))]
    MEANINGS = [("reviewed", _("Reviewed")), ("approved", _("Approved"))]

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signoffs")
    order = models.PositiveIntegerField(default=1)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signoffs")
    person_key = models.CharField(max_length=60)  # one person with two logins signs once (security case 6)
    preparer_key = models.CharField(max_length=60)  # whoever prepared the version, so that the database can keep rule 1
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    meaning = models.CharField(max_length=10, choices=MEANINGS, default="approved")
    state = models.CharField(max_length=10, choices=STATES, default="waiting", editable=False)
    statement = models.TextField(blank=True)
    at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=60, blank=True)
    method = models.CharField(max_length=60, blank=True)
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    draft_sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="one_signature_a_login"),
            models.UniqueConstraint(fields=["version", "person_key"], name="one_signature_a_person"),
            models.CheckConstraint(
                condition=~Q(meaning="approved") | ~Q(person_key=F("preparer_key")),
                name="nobody_approves_what_they_prepared",
            ),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reason=""), name="not_signing_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="signed") | (Q(at__isnull=False) & ~Q(snapshot_sha256="") & ~Q(draft_sha256="")),
                name="a_signature_is_bound_to_what_was_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.version}"
