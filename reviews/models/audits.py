"""Internal and external audits of the documented roles: plan, questions, sampled people, results, corrective actions (coverage V5)."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.models import Person
from roles.models.text import plain_text


class RoleAudit(models.Model):
    """One audit of roles: who audits, when, what is asked, whom, and what came of it. An internal auditor is a person of the register."""

    KINDS = [("internal", _("internal audit")), ("external", _("external audit"))]
    STATES = [
        ("planned", _("planned")),
        ("in_progress", _("begun")),
        ("done", _("done")),
        ("cancelled", _("cancelled")),
    ]

    title = models.CharField(_("title"), max_length=160, validators=[plain_text])
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default="internal")
    scope = models.TextField(
        _("scope"),
        max_length=1000,
        blank=True,
        validators=[plain_text],
        help_text=_("Which roles and areas, and why these."),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    auditor = models.ForeignKey(
        Person,
        verbose_name=_("internal auditor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="role_audits",
    )
    auditor_name = models.CharField(
        _("external auditor"), max_length=200, blank=True, validators=[plain_text], help_text=_("Name and audit firm.")
    )
    state = models.CharField(max_length=12, choices=STATES, default="planned", editable=False)
    seed = models.PositiveIntegerField(
        default=0, editable=False
    )  # with it and `population` the sample can be drawn again
    population = models.JSONField(
        default=list, blank=True, editable=False
    )  # numbers of the people it was drawn from, in order
    conclusion = models.TextField(_("conclusion"), max_length=4000, blank=True, editable=False, validators=[plain_text])
    closed_on = models.DateField(null=True, blank=True, editable=False)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("audit of roles")
        verbose_name_plural = _("audits of roles")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="role_audit_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="internal", auditor__isnull=False))
                | (Q(kind="external", auditor=None) & ~Q(auditor_name="")),
                name="role_audit_has_its_auditor",
                violation_error_message=_(
                    "Name who audits: a person of the register for an internal audit, a name and firm else."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(closed_on__isnull=False) & ~Q(conclusion="")),
                name="role_audit_done_has_a_conclusion",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("role-audit", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)
        if self.kind == "external":
            self.auditor = None
        elif self.auditor_id is None:
            raise ValidationError(
                {"auditor": _("Choose who audits. It is neither the information security manager nor an auditee.")}
            )

    @property
    def by(self) -> str:
        """Who audits, by name."""
        return str(self.auditor) if self.auditor_id else self.auditor_name


class AuditQuestion(models.Model):
    """One question of an audit and what was found."""

    RESULTS = [
        ("conforming", _("conforming")),
        ("minor", _("minor nonconformity")),
        ("major", _("major nonconformity")),
        ("opportunity", _("opportunity for improvement")),
    ]

    audit = models.ForeignKey(RoleAudit, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=1000)
    technique = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(_("result"), max_length=12, choices=RESULTS, blank=True, default="")
    seen = models.TextField(
        _("what was seen"),
        max_length=2000,
        blank=True,
        validators=[plain_text],
        help_text=_("Which evidence, whom you talked to. An auditor after you can follow it."),
    )
    answered_on = models.DateField(null=True, blank=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "key"], name="asked_once_in_an_audit"),
            models.CheckConstraint(condition=Q(result="") | ~Q(seen=""), name="an_audit_result_says_what_was_seen"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_nonconforming(self) -> bool:
        """Whether a corrective action is needed."""
        return self.result in ("minor", "major")


class Sampled(models.Model):
    """One person drawn at random to be talked to. Written once."""

    audit = models.ForeignKey(RoleAudit, on_delete=models.PROTECT, related_name="sample")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    roles = models.TextField()  # what they held on that day
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["audit", "person"], name="sampled_once")]

    def __str__(self) -> str:
        return str(self.person)


class Corrective(models.Model):
    """What is done about a nonconformity: who, by when, what was done, and who has seen that it works."""

    STATES = [("open", _("open")), ("done", _("done, not verified")), ("verified", _("verified"))]

    question = models.ForeignKey(AuditQuestion, on_delete=models.PROTECT, related_name="actions")
    cause = models.TextField(
        _("cause"), max_length=2000, blank=True, validators=[plain_text], help_text=_("Why it came to it (10.2).")
    )
    what = models.TextField(_("corrective action"), max_length=2000, validators=[plain_text])
    owner = models.ForeignKey(
        Person, verbose_name=_("who sees to it"), on_delete=models.PROTECT, related_name="corrective_actions"
    )
    due_on = models.DateField(_("by"))
    state = models.CharField(max_length=8, choices=STATES, default="open", editable=False)
    result = models.TextField(_("what was done"), max_length=2000, blank=True, editable=False, validators=[plain_text])
    done_on = models.DateField(null=True, blank=True, editable=False)
    verified_on = models.DateField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    verified_by_person = models.ForeignKey(
        Person, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    verified_note = models.TextField(
        _("what shows it"), max_length=2000, blank=True, editable=False, validators=[plain_text]
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("corrective action")
        verbose_name_plural = _("corrective actions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="verified")
                | (Q(verified_on__isnull=False, verified_by__isnull=False) & ~Q(verified_note="")),
                name="verified_says_who_and_what_shows_it",
            ),
            models.CheckConstraint(
                condition=Q(verified_by_person=None) | ~Q(verified_by_person=F("owner")),
                name="nobody_verifies_their_own_corrective_action",
            ),
        ]

    def __str__(self) -> str:
        return self.what if len(self.what) <= 80 else f"{self.what[:79]}…"

    def get_absolute_url(self) -> str:
        return reverse("role-audit", args=[self.question.audit_id])

    def clean(self) -> None:
        refuse_far_off(self)

    def is_overdue(self, day: date) -> bool:
        """Whether its day is over and nobody has verified that it works."""
        return self.state != "verified" and self.due_on < day
