"""Users, the organisation, and what is kept about every change."""

import hashlib
import re
import secrets
from datetime import date, timedelta
from zoneinfo import available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ismsroles.core import clock, events, guards, scope
from ismsroles.core.names import email_key
from ismsroles.core.shown import canonical


class Users(BaseUserManager):
    """Users are made here, by actions; nobody signs up."""

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email=email_key(username))

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=email_key(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A login. A person of the register may have none, and a login (an auditor's) need not be a person's."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_administrator = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    objects = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args, **kwargs) -> None:
        self.email = email_key(self.email)
        super().save(*args, **kwargs)


def _known_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Write a time zone such as Europe/London."))


class Organisation(models.Model):
    """The one organisation whose register this is."""

    SIZES = [("small", _("up to 25 people")), ("medium", _("26 to 250 people")), ("large", _("more than 250 people"))]

    name = models.CharField(_("name"), max_length=120)
    legal_name = models.CharField(_("registered name"), max_length=200, blank=True)
    scope = models.TextField(_("scope of the ISMS"), blank=True, max_length=2000)
    accent = models.CharField(
        _("colour"),
        max_length=7,
        default="#1f5fa8",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Write a colour as #1f5fa8."))],
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC", validators=[_known_zone])
    size = models.CharField(_("size"), max_length=10, choices=SIZES, default="small")
    policy_title = models.CharField(_("information security policy"), max_length=200, blank=True)
    document_number = models.CharField(_("number of the roles document"), max_length=60, blank=True)
    classification = models.CharField(_("classification of the roles document"), max_length=60, default="Internal")
    distribution = models.CharField(_("who receives the roles document"), max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        scope.drop("organisation")

    @classmethod
    def current(cls) -> "Organisation":
        """The organisation, read once for a request; an unsaved one before the first run."""
        return scope.remember("organisation", lambda: cls.objects.order_by("pk").first() or cls(name="ismsroles"))


class AuditEvent(models.Model):
    """One thing that happened. Append-only; readable after its actor and its subject are gone."""

    at = models.DateTimeField(db_index=True)
    code = models.CharField(max_length=60, db_index=True)
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subject_label = models.TextField(blank=True)
    params = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    correlation = models.UUIDField(db_index=True)
    salt = models.CharField(max_length=32)
    personal_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The event as a sentence in the reader's language."""
        from django.utils.translation import gettext

        params = {name: _readable(value) for name, value in self.params.items()}
        words = {"actor": self.actor_name or gettext("The register"), "subject": self.subject_label, **params}
        return events.sentence(self.code) % _Forgiving(words)

    def seal_itself(self) -> None:
        """Salted digest of what is personal, so that the chain still verifies after an erasure (design rule 9)."""
        self.salt = secrets.token_hex(16)
        self.personal_digest = self._digest_of_personal()

    def _digest_of_personal(self) -> str:
        personal = [self.actor_name, self.subject_label, self.params, self.reason]
        return hashlib.sha256(self.salt.encode() + canonical(personal)).hexdigest()

    def is_intact(self) -> bool:
        """Whether the personal part is what was written."""
        return self.personal_digest == self._digest_of_personal()

    def link(self, form: int) -> bytes:
        """What the chain hashes of this event: the whole row, personal fields as a salted digest. Form 1 left two columns out."""
        moment = self.at.astimezone(clock.UTC).isoformat(timespec="microseconds")
        row = [self.pk, moment, self.code, self.actor_id, self.subject_type, self.subject_id, self.personal_digest]
        return canonical(row if form == 1 else [*row, str(self.correlation), self.salt])


def _readable(value: object) -> object:
    """Days are kept as 2026-11-30 and read as 30 Nov 2026."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return date_format(date.fromisoformat(value), "j M Y")
    return value


class _Forgiving(dict):
    """A sentence never fails for want of a parameter."""

    def __missing__(self, key: str) -> str:
        return "…"


class LogSeal(models.Model):
    """The audit log, hash-chained in batches: each seal covers the events up to one, and the seal before it."""

    made_at = models.DateTimeField()
    up_to = models.BigIntegerField(unique=True)
    form = models.PositiveSmallIntegerField(default=1)  # how its digest is worked out: log.FORM is today's
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.digest


class OutboxMessage(models.Model):
    """A message that a change caused, delivered after it (design §6)."""

    kind = models.CharField(max_length=40)
    payload = models.JSONField()
    key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(delivered_at=None), name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class PeriodicRun(models.Model):
    """When a periodic task last began, and what went wrong with it, if anything did."""

    task = models.CharField(max_length=100, unique=True)
    began_at = models.DateTimeField()
    fault = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.task


class Invitation(models.Model):
    """A one-time link that lets a person choose their password. Only its digest is kept; it is shown to nobody (design §5)."""

    LASTS = timedelta(hours=72)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.user.email


guards.append_only(AuditEvent)
guards.append_only(LogSeal)
guards.undeletable(User)
