"""Messages to people: each stands in an inbox, and goes out by mail, at once or in the digest of the day (coverage K2)."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ismsroles.notices import kinds


class Digest(models.Model):
    """What one address is told on one day, in one mail: the database keeps it to one (security case 23)."""

    address = models.EmailField(max_length=254)
    day = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()  # the run that made it, so that a run at the same moment leaves it alone
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.address}, {self.day.isoformat()}"


class Message(models.Model):
    """One thing that one person is told: a kind and its parameters, put into words when it is read."""

    WHEN = [("now", _("at once")), ("digest", _("in the digest of the day"))]

    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    when = models.CharField(max_length=6, choices=WHEN)
    key = models.CharField(max_length=200, unique=True)
    calendar = models.TextField(blank=True)  # the entry for the reader's calendar (iCalendar) that its mail carries
    about = models.CharField(max_length=80, blank=True)  # what it asks for, so that it can be ended when that is done
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, null=True, on_delete=models.PROTECT, related_name="messages")

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["user", "-created_at"], name="message_inbox"),
            models.Index(fields=["address", "-created_at"], name="message_address"),
            models.Index(fields=["about"], condition=Q(done_at=None), name="message_open_about"),
            models.Index(
                fields=["address"],
                condition=Q(when="digest", digest=None, read_at=None, done_at=None),
                name="message_waits",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("message", args=[self.pk])

    @property
    def kind(self) -> kinds.Kind:
        return kinds.get(self.code)

    @property
    def subject(self) -> str:
        """Its first line, in the language in force."""
        return kinds.in_words(self.kind.subject, self.params)

    @property
    def paragraphs(self) -> list[str]:
        """What it says, in the language in force."""
        said = kinds.in_words(self.kind.text, self.params)
        return [part for part in said.split("\n\n") if part.strip()]

    @property
    def lines(self) -> list[str]:
        """Several things of one kind that belong together, a line each."""
        return [str(line) for line in self.params.get("lines", [])]

    @property
    def action(self) -> str:
        """What the way to the page is called."""
        return str(self.kind.action)


class Preference(models.Model):
    """When somebody wants their digest, and whether. What needs them today is mailed in any case."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference")
    digest = models.BooleanField(
        _("Send me the digest"),
        default=True,
        help_text=_("One mail a day with what is new. Without it, everything stands in the inbox only."),
    )
    hour = models.PositiveSmallIntegerField(
        _("Not before"),
        default=kinds.HOUR,
        validators=[MaxValueValidator(23)],
        help_text=_("In the organisation’s time."),
    )

    class Meta:
        verbose_name = _("preference")
        constraints = [models.CheckConstraint(condition=Q(hour__lte=23), name="an_hour_of_the_day")]

    def __str__(self) -> str:
        return str(self.user)
