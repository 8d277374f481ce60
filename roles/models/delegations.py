"""What a holder passes on, to whom, until when, and how they see that it is done (coverage A8)."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.intervals import next_check
from roles.models.assignments import Assignment
from roles.models.people import Person
from roles.models.register import Responsibility, Role
from roles.models.text import plain_text


class Delegations(models.QuerySet):
    """Questions about delegations in the words of the field."""

    def accepted(self) -> "Delegations":
        return self.filter(state="accepted")

    def overlapping(self, first: date, last: date | None) -> "Delegations":
        """Those whose term shares a day with this one; last days count."""
        shared = self.filter(ends_on__gte=first)
        return shared if last is None else shared.filter(starts_on__lte=last)

    def current(self, day: date) -> "Delegations":
        """Accepted and in force on `day`, while the holder still holds and both are still there (design rules 4 and 5)."""
        here = [
            Q(**{f"{who}__starts_on": None}) | Q(**{f"{who}__starts_on__lte": day}) for who in ("holder", "delegate")
        ] + [Q(**{f"{who}__last_day": None}) | Q(**{f"{who}__last_day__gte": day}) for who in ("holder", "delegate")]
        return self.accepted().filter(
            Q(assignment__ends_on=None) | Q(assignment__ends_on__gte=day),
            *here,
            assignment__state="approved",
            starts_on__lte=day,
            ends_on__gte=day,
        )


class Delegation(models.Model):
    """A holder has some of their responsibilities carried out by somebody else for a time, and stays accountable for them."""

    STATES = [
        ("offered", _("waiting for an answer")),
        ("accepted", _("accepted")),
        ("declined", _("declined")),
        ("withdrawn", _("withdrawn")),
    ]
    UNITS = [("day", _("days")), ("week", _("weeks")), ("month", _("months"))]

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="delegations")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="delegations")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations_held")
    responsibilities = models.ManyToManyField(Responsibility, through="DelegatedDuty", related_name="delegations")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    every = models.PositiveSmallIntegerField(
        _("check every"), validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    unit = models.CharField(_("unit"), max_length=5, choices=UNITS)
    note = models.TextField(_("what is agreed"), max_length=2000, blank=True, validators=[plain_text])
    state = models.CharField(max_length=10, choices=STATES, default="offered", editable=False)
    delegated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    delegated_at = models.DateTimeField(editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    answered_by_person = models.ForeignKey(
        Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    answer_reason = models.TextField(blank=True, max_length=2000, editable=False, validators=[plain_text])
    seen_hash = models.CharField(max_length=64, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    end_reason = models.TextField(blank=True, max_length=2000, editable=False, validators=[plain_text])
    # Cut short because holder or delegate leaves: the end that was agreed comes back if they stay after all.
    cut_by_leaving = models.BooleanField(default=False, editable=False)
    agreed_end = models.DateField(null=True, editable=False)
    history = HistoricalRecords()

    objects = Delegations.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.CheckConstraint(condition=~Q(holder=F("delegate")), name="nobody_delegates_to_themself"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delegation_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(condition=Q(every__gte=1, every__lte=366), name="delegation_is_checked"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"])
                | (
                    Q(answered_by_person=F("delegate"), answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(seen_hash="")
                ),
                name="the_delegate_answers_what_was_shown",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer_reason=""),
                name="declining_a_delegation_has_a_reason",
                violation_error_message=_("Say why: the holder reads it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.holder} → {self.delegate}"

    def get_absolute_url(self) -> str:
        return reverse("delegation", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)

    @property
    def interval(self) -> str:
        """How often it is checked, in words."""
        words = {
            "day": ngettext("every day", "every %(n)d days", self.every),
            "week": ngettext("every week", "every %(n)d weeks", self.every),
            "month": ngettext("every month", "every %(n)d months", self.every),
        }
        return words[self.unit] % {"n": self.every}

    def due_after(self, last: date | None) -> date | None:
        """When the holder must have checked next."""
        return next_check(self.starts_on, self.ends_on, self.every, self.unit, last)


class DelegatedDuty(models.Model):
    """One responsibility of a delegation, with the term, so that the database can refuse a second one in that time."""

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="duties")
    responsibility = models.ForeignKey(
        Responsibility, null=True, on_delete=models.SET_NULL, related_name="delegated"
    )  # empty when it was removed later; `text` stays
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)  # as it was when it was passed on
    starts_on = models.DateField()
    ends_on = models.DateField()
    lives = models.BooleanField(default=True)  # offered or accepted
    history = HistoricalRecords()

    class Meta:
        ordering = ["responsibility__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["delegation", "responsibility"], name="delegated_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="delegated_duty_has_a_term"),
        ]

    def __str__(self) -> str:
        return self.text


class DelegationCheck(models.Model):
    """The holder has looked at what the delegate did. Written once."""

    RESULTS = [("ok", _("done as agreed")), ("not_ok", _("not as agreed"))]

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="checks")
    on = models.DateField(_("checked on"))
    looked_at = models.TextField(_("what was looked at"), max_length=2000, validators=[plain_text])
    result = models.CharField(_("result"), max_length=6, choices=RESULTS)
    follow_up = models.TextField(_("what follows"), max_length=2000, blank=True, validators=[plain_text])
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_by_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="not_ok") | ~Q(follow_up=""),
                name="what_is_not_ok_has_a_follow_up",
                violation_error_message=_("Say what follows: it was not as agreed."),
            ),
            models.CheckConstraint(
                condition=~Q(checked_by_person=F("delegate")), name="nobody_checks_their_own_work_for_the_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.on}"
