"""Who owns which risk, and who accepted what of it (coverage M5). Not a risk register: that one is linked to."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core import scope
from ismsroles.core.dates import refuse_far_off
from raci.models.owners import Owned, web_address
from roles.models import Person
from roles.models.text import plain_text

DEFAULT_LEVELS = (_("low"), _("medium"), _("high"), _("critical"))
LEVELS_AT_MOST = 9


class RiskScale(models.Model):
    """What the organisation calls its levels of residual risk, lowest first. One row; without it the defaults hold."""

    names = models.TextField(
        _("levels"), max_length=600, validators=[plain_text], help_text=_("One a line, the lowest first.")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("scale of residual risk")

    def __str__(self) -> str:
        return ", ".join(self.words)

    def clean(self) -> None:
        words = self.words
        if not 2 <= len(words) <= LEVELS_AT_MOST:
            raise ValidationError({"names": _("Write two to nine levels, one a line.")})
        if len({word.casefold() for word in words}) < len(words) or max(map(len, words)) > 40:
            raise ValidationError({"names": _("Give each level a name of its own, up to 40 characters.")})

    @property
    def words(self) -> list[str]:
        """The names of the levels, the lowest first."""
        return [line.strip() for line in self.names.splitlines() if line.strip()]

    @classmethod
    def current(cls) -> list[str]:
        """The levels as the organisation calls them; read once for a request."""
        row = scope.remember("risk scale", lambda: cls.objects.order_by("pk").first())
        return row.words if row else [str(name) for name in DEFAULT_LEVELS]


def level_words(level: int) -> str:
    """A level by its name; one that the scale no longer has, by its number."""
    names = RiskScale.current()
    return names[level - 1] if 1 <= level <= len(names) else str(level)


class Risks(models.QuerySet):
    """Questions about risks in the words of the field."""

    def standing(self) -> "Risks":
        """Those that are not closed."""
        return self.filter(closed_on=None)

    def found_by(self, words: str) -> "Risks":
        """Risks whose reference, title or owner contains every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(reference__icontains=word)
                | Q(title__icontains=word)
                | Q(owner_role__title__icontains=word)
                | Q(owner_person__name__icontains=word)
            )
        return found


class Risk(Owned):
    """One risk of the organisation's own risk register: only what is needed to say who answers for it."""

    reference = models.CharField(
        _("reference"), max_length=60, validators=[plain_text], help_text=_("As in the risk register, such as R-014.")
    )
    title = models.CharField(_("title"), max_length=200, validators=[plain_text])
    level = models.PositiveSmallIntegerField(_("residual level"), default=1)
    link = models.CharField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[web_address],
        help_text=_("To the risk in the risk register. Assessment and treatment stay there."),
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    history = HistoricalRecords()

    objects = Risks.as_manager()

    class Meta(Owned.Meta):
        abstract = False
        ordering = ["reference", "pk"]
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=LEVELS_AT_MOST), name="risk_level_is_on_the_scale"
            ),
            models.UniqueConstraint(
                models.functions.Lower("reference"),
                name="risk_reference_once",
                violation_error_message=_("There is a risk with this reference already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("risk", args=[self.pk])

    @property
    def level_name(self) -> str:
        """The residual level in the organisation's words."""
        return level_words(self.level)


class RiskAcceptance(models.Model):
    """Who accepted what remains of a risk, when, until when and up to what level. Written once; a new row withdraws it."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="acceptances")
    person = models.ForeignKey(
        Person, verbose_name=_("accepted by"), on_delete=models.PROTECT, related_name="acceptances"
    )
    accepted_on = models.DateField(_("accepted on"))
    until = models.DateField(_("until"), help_text=_("The last day on which it holds. Then it is decided again."))
    level = models.PositiveSmallIntegerField(_("up to the level"))
    evidence = models.CharField(
        _("evidence"),
        max_length=300,
        blank=True,
        validators=[plain_text],
        help_text=_("Where the decision stands, such as minutes of 3 May, item 4."),
    )
    link = models.CharField(_("link to the evidence"), max_length=500, blank=True, validators=[web_address])
    withdraws = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="withdrawn_by"
    )
    reason = models.TextField(max_length=2000, blank=True, editable=False, validators=[plain_text])
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-accepted_on", "-pk"]
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("accepted_on")),
                name="acceptance_ends_after_it_begins",
                violation_error_message=_("The last day is before the day of acceptance."),
            ),
            models.CheckConstraint(
                condition=Q(withdraws=None) | ~Q(reason=""),
                name="withdrawal_has_a_reason",
                violation_error_message=_("Say why it is withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(withdraws__isnull=False) | ~Q(evidence="") | ~Q(link=""),
                name="acceptance_names_its_evidence",
                violation_error_message=_("Say where the decision stands: write the evidence or its link."),
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=LEVELS_AT_MOST), name="acceptance_level_is_on_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk} – {self.person}"

    def get_absolute_url(self) -> str:
        return self.risk.get_absolute_url()

    def clean(self) -> None:
        refuse_far_off(self)

    @property
    def level_name(self) -> str:
        """The level in the organisation's words."""
        return level_words(self.level)

    def holds(self, day: date) -> bool:
        """Whether it is in force on `day`, withdrawals apart."""
        return self.accepted_on <= day <= self.until
