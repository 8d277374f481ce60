"""Duties that one person should not unite, the rules that say so, and dated exceptions from them (coverage A5; design rule 8)."""

from datetime import date

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.models.people import Person
from roles.models.register import Responsibility, Role
from roles.models.text import plain_text


class DutyTag(models.Model):
    """One word for a kind of duty ("audits", "operates"), so that a rule can name it whichever role carries it."""

    key = models.CharField(max_length=40, unique=True, editable=False, validators=[RegexValidator(r"^[a-z0-9_]+\Z")])
    name = models.CharField(
        _("duty"), max_length=80, validators=[plain_text], help_text=_("A verb, such as “grants access”.")
    )
    meaning = models.CharField(
        _("what it means"), max_length=300, validators=[plain_text], help_text=_("So that everybody marks the same.")
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("name"),
                name="duty_name_once",
                violation_error_message=_("There is a duty of this name already. Give this one another name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("duty", args=[self.pk])


class ResponsibilityDuty(models.Model):
    """This responsibility is a duty of that kind. A row of its own, so that its history is true."""

    responsibility = models.ForeignKey(Responsibility, on_delete=models.CASCADE, related_name="duty_links")
    tag = models.ForeignKey(DutyTag, on_delete=models.PROTECT, related_name="links")
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["responsibility", "tag"], name="duty_marked_once")]

    def __str__(self) -> str:
        return f"{self.tag}: {self.responsibility}"


class SeparationRule(models.Model):
    """Two roles, or two kinds of duty, that one person does not unite. Which two never changes; the rest does."""

    EFFECTS = [("block", _("blocks")), ("warn", _("warns"))]
    STATES = [("in_force", _("in force")), ("retired", _("retired"))]

    role_a = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role_b = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tag_a = models.ForeignKey(DutyTag, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tag_b = models.ForeignKey(DutyTag, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    effect = models.CharField(_("what it does"), max_length=5, choices=EFFECTS, default="block")
    why = models.CharField(
        _("why"), max_length=500, validators=[plain_text], help_text=_("What could go wrong if one person did both.")
    )
    state = models.CharField(max_length=8, choices=STATES, default="in_force", editable=False)
    starter_key = models.CharField(max_length=60, blank=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("rule of separation")
        verbose_name_plural = _("rules of separation")
        constraints = [
            models.CheckConstraint(
                condition=Q(role_a__lt=F("role_b"), tag_a=None, tag_b=None)
                | Q(tag_a__lt=F("tag_b"), role_a=None, role_b=None),
                name="a_rule_names_two_roles_or_two_duties",
                violation_error_message=_("Choose two different roles, or two different duties."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[f"{side}_a", f"{side}_b"],
                    condition=Q(state="in_force"),
                    name=f"separated_once_by_{side}",
                    violation_error_message=_("There is a rule for these two already. Change that one."),
                )
                for side in ("role", "tag")
            ),
        ]

    def __str__(self) -> str:
        one, other = self.sides
        return f"{one} × {other}"

    def get_absolute_url(self) -> str:
        return reverse("separation-rule", args=[self.pk])

    @property
    def sides(self) -> tuple[object, object]:
        """The two that are kept apart."""
        return (self.role_a, self.role_b) if self.role_a_id else (self.tag_a, self.tag_b)

    @property
    def blocks(self) -> bool:
        """Whether it refuses; otherwise it asks for a written reason."""
        return self.effect == "block"


class Exceptions(models.QuerySet):
    """Questions about exceptions in the words of the field."""

    def covering(self) -> "Exceptions":
        """Those that cover their days: approved, also when ended before time (their last day says when)."""
        return self.filter(state__in=["approved", "ended"])


class SeparationException(models.Model):
    """One person may, for a time and with a compensating control, unite what one rule keeps apart (rule 8)."""

    STATES = [
        ("requested", _("waiting for approval")),
        ("approved", _("approved")),
        ("rejected", _("rejected")),
        ("withdrawn", _("withdrawn")),
        ("ended", _("ended before time")),
    ]

    rule = models.ForeignKey(
        SeparationRule, verbose_name=_("rule"), on_delete=models.PROTECT, related_name="exceptions"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="separation_exceptions"
    )
    control = models.TextField(
        _("compensating control"),
        max_length=1000,
        validators=[plain_text],
        help_text=_("Who looks at what, how often, and where it is recorded."),
    )
    reason = models.TextField(_("why it is needed"), max_length=2000, validators=[plain_text])
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), help_text=_("It counts. Twelve months at most."))
    state = models.CharField(max_length=10, choices=STATES, default="requested", editable=False)

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by_person = models.ForeignKey(
        Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    decided_by_person = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    decided_by_role = models.CharField(max_length=160, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decision_reason = models.TextField(blank=True, max_length=2000, editable=False, validators=[plain_text])
    seen_hash = models.CharField(max_length=64, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    end_reason = models.TextField(blank=True, max_length=2000, editable=False, validators=[plain_text])
    history = HistoricalRecords()

    objects = Exceptions.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="separation_exception_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=~Q(control="") & ~Q(reason=""), name="an_exception_has_a_control_and_a_reason"
            ),
            # Rule 1, whoever writes: the approver is neither who asked for it nor the person it is about.
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="nobody_decides_on_an_exception_they_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(decided_by_person=None)
                | (
                    ~Q(decided_by_person=F("person"))
                    & (Q(proposed_by_person=None) | ~Q(decided_by_person=F("proposed_by_person")))
                ),
                name="nobody_decides_on_an_exception_for_themself",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "rejected", "ended"])
                | (Q(decided_by__isnull=False) & Q(decided_by_person__isnull=False) & Q(decided_at__isnull=False)),
                name="a_decided_exception_names_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(decision_reason=""),
                name="a_rejected_exception_has_a_reason",
                violation_error_message=_("Say why: who asked for it will read it."),
            ),
            models.UniqueConstraint(
                fields=["rule", "person"],
                condition=Q(state="requested"),
                name="exception_requested_once",
                violation_error_message=_(
                    "This exception is asked for already. Wait for the decision, or withdraw that one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.rule}"

    def get_absolute_url(self) -> str:
        return reverse("separation-exception", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)

    def covers(self, day: date) -> bool:
        """Whether it covers this day: approved, and within its dates; an exception never reaches beyond them."""
        return self.state in ("approved", "ended") and self.starts_on <= day <= self.ends_on
