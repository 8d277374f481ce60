"""Who holds which role, from when to when, proposed and approved by whom (coverage A2, A3; design rules 1–4)."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.models.people import Area, Person
from roles.models.register import Role
from roles.models.teams import Team
from roles.models.text import plain_text


class Assignments(models.QuerySet):
    """Questions about assignments in the words of the field."""

    def approved(self) -> "Assignments":
        return self.filter(state="approved")

    def pending(self) -> "Assignments":
        return self.filter(state="proposed")

    def current(self, day: date) -> "Assignments":
        """Approved and in force on `day`, held by somebody who is there on that day (design rules 4 and 5)."""
        return self.approved().filter(
            Q(ends_on=None) | Q(ends_on__gte=day),
            Q(person__starts_on=None) | Q(person__starts_on__lte=day),
            Q(person__last_day=None) | Q(person__last_day__gte=day),
            starts_on__lte=day,
        )

    def overlapping(self, starts_on: date, ends_on: date | None) -> "Assignments":
        """Those whose term shares a day with this one; last days count."""
        shared = self.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
        return shared if ends_on is None else shared.filter(starts_on__lte=ends_on)


class Assignment(models.Model):
    """One person in one seat of one role for one term. What was proposed never changes; only decision and end are added."""

    SEATS = [("primary", _("holder")), ("deputy", _("deputy")), ("member", _("team member"))]
    WAYS = [
        ("internal", _("internal appointment")),
        ("external", _("external help")),
        ("training", _("someone in training")),
    ]
    STATES = [
        ("proposed", _("waiting for approval")),
        ("approved", _("approved")),
        ("rejected", _("rejected")),
        ("withdrawn", _("withdrawn")),
        ("declined", _("declined by the person")),
    ]

    role = models.ForeignKey(Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="assignments")
    area = models.ForeignKey(
        Area,
        verbose_name=_("for the area"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    seat = models.CharField(_("as"), max_length=10, choices=SEATS, default="primary")
    # Held by a team: its lead is the holder, everybody else of it a team member (decision 17).
    team = models.ForeignKey(
        Team, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="assignments"
    )
    filled_as = models.CharField(_("filled by"), max_length=10, choices=WAYS, default="internal")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    reason = models.TextField(_("why this person"), max_length=2000, blank=True, validators=[plain_text])
    conflict_reason = models.TextField(_("why nevertheless"), max_length=2000, blank=True, validators=[plain_text])
    state = models.CharField(max_length=10, choices=STATES, default="proposed", editable=False)
    single_holder = models.BooleanField(
        default=False, editable=False
    )  # the role's kind when proposed: the database keeps rule 3 with it
    proposal = models.UUIDField(default=uuid.uuid4, editable=False)  # holder and deputy proposed together

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
    decided_for = models.ForeignKey(
        Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )  # who was away, when a deputy decided
    decided_by_role = models.CharField(max_length=160, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decision_reason = models.TextField(blank=True, max_length=2000, editable=False, validators=[plain_text])
    seen_hash = models.CharField(max_length=64, blank=True, editable=False)

    # Only while the organisation is too small for two deciding people: the exception under which its proposer decided.
    exception = models.ForeignKey(
        "roles.ApproverException", null=True, editable=False, on_delete=models.PROTECT, related_name="decisions"
    )

    is_founding = models.BooleanField(default=False, editable=False)
    is_succession = models.BooleanField(default=False, editable=False)  # by the board too: nobody was left to approve
    founding_reference = models.CharField(max_length=300, blank=True, editable=False, validators=[plain_text])
    founding_date = models.DateField(null=True, editable=False)
    founding_file = models.FileField(upload_to="founding/", null=True, blank=True, editable=False)

    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    end_reason = models.TextField(blank=True, max_length=2000, editable=False, validators=[plain_text])
    # Cut short because the person leaves: the end that was approved comes back if they stay after all.
    cut_by_leaving = models.BooleanField(default=False, editable=False)
    approved_end = models.DateField(null=True, editable=False)
    history = HistoricalRecords()

    objects = Assignments.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="term_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(seat="primary") | Q(seat="member", team__isnull=False) | Q(seat="deputy", team=None),
                name="a_team_has_holder_and_members",
            ),
            # Rule 1, whoever writes: the approver is neither the proposer nor the person it is about.
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")) | Q(exception__isnull=False),
                name="nobody_decides_on_what_they_proposed",
            ),
            models.CheckConstraint(
                condition=Q(decided_by_person=None)
                | (
                    ~Q(decided_by_person=F("person"))
                    & (
                        Q(proposed_by_person=None)
                        | ~Q(decided_by_person=F("proposed_by_person"))
                        | Q(exception__isnull=False)
                    )
                ),
                name="nobody_decides_about_themself",
            ),
            # … nor the one in whose absence a deputy decides.
            models.CheckConstraint(
                condition=Q(decided_for=None)
                | (
                    ~Q(decided_for=F("person"))
                    & ~Q(decided_for=F("decided_by_person"))
                    & (Q(proposed_by_person=None) | ~Q(decided_for=F("proposed_by_person")))
                ),
                name="no_deputy_decides_about_whom_they_stand_in_for",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "rejected"])
                | Q(is_founding=True)
                | Q(is_succession=True)
                | (Q(decided_by__isnull=False) & Q(decided_by_person__isnull=False) & Q(decided_at__isnull=False)),
                name="a_decision_names_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(decision_reason=""),
                name="a_rejection_has_a_reason",
                violation_error_message=_("Say why: the proposer and the person will read it."),
            ),
            models.CheckConstraint(
                condition=Q(is_founding=False, is_succession=False)
                | (Q(state="approved", seat="primary", founding_date__isnull=False) & ~Q(founding_reference="")),
                name="the_founding_names_the_board_decision",
            ),
            models.UniqueConstraint(
                fields=["is_founding"], condition=Q(is_founding=True), name="one_founding_appointment_ever"
            ),
            models.UniqueConstraint(
                "role",
                "person",
                "seat",
                models.functions.Coalesce("area", 0),
                condition=Q(state="proposed"),
                name="proposed_once",
                violation_error_message=_(
                    "This person is proposed for this role already. Wait for the decision, or withdraw that one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.role}"

    def get_absolute_url(self) -> str:
        return reverse("assignment", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)

    @property
    def how(self) -> str:
        """How it is held, in the words of `roles.holdings`."""
        return "holder" if self.seat == "primary" else self.seat

    @property
    def by_board(self) -> bool:
        """Whether the board decided it, because nobody here could (design rule 1)."""
        return self.is_founding or self.is_succession

    def is_current(self, day: date) -> bool:
        """Whether it is in force on `day`: approved, within its term, its person still there."""
        in_term = self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
        return self.state == "approved" and in_term and self.person.is_current(day)
