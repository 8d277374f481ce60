"""Appointment letters, the answer to each, and the organisation's own words for them (coverage A4)."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.records.models import Artefact
from roles.models.assignments import Assignment
from roles.models.people import Person
from roles.models.text import plain_text


def paper_path(_letter: "Letter", name: str) -> str:
    """A name of our own; of the uploaded one only the ending stays (ASVS 5.3.2)."""
    return f"letters/{uuid.uuid4()}{Path(name).suffix.lower()[:8]}"


class Letter(models.Model):
    """The letter that appoints somebody, frozen when their assignment was approved, and what they answered to it."""

    STATES = [("appointed", _("waiting for an answer")), ("accepted", _("accepted")), ("declined", _("declined"))]
    WAYS = [("browser", _("in the register")), ("paper", _("on paper"))]

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="letter")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters")
    snapshot = models.ForeignKey(Artefact, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Artefact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fault = models.TextField(blank=True, max_length=1000)  # why there is no PDF, for the page that waits for it
    issued_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=STATES, default="appointed", editable=False)
    way = models.CharField(max_length=10, choices=WAYS, blank=True, editable=False)
    seen_sha256 = models.CharField(max_length=64, blank=True, editable=False)  # the letter that the answer is about
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    answered_by_person = models.ForeignKey(
        Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True, max_length=2000, editable=False, validators=[plain_text])
    signed_on = models.DateField(null=True, editable=False)  # of a paper
    reference = models.CharField(max_length=300, blank=True, editable=False, validators=[plain_text])
    file = models.FileField(upload_to=paper_path, null=True, blank=True, editable=False)
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("appointment letter")
        verbose_name_plural = _("appointment letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="appointed") | (Q(answered_at__isnull=False) & Q(answered_by__isnull=False)),
                name="an_answer_names_who_and_when",
            ),
            # Nobody accepts for somebody else: in the register the person answers, on the letter that was shown.
            models.CheckConstraint(
                condition=~Q(way="browser") | (Q(answered_by_person=F("person")) & ~Q(seen_sha256="")),
                name="the_person_answers_what_was_shown",
            ),
            # On paper it is recorded by somebody else, and there is something to show for it.
            models.CheckConstraint(
                condition=~Q(way="paper")
                | (
                    Q(state="accepted", signed_on__isnull=False)
                    & (Q(answered_by_person=None) | ~Q(answered_by_person=F("person")))
                    & (~Q(reference="") | ~Q(file_sha256=""))
                ),
                name="a_paper_is_recorded_by_another",
            ),
            models.CheckConstraint(condition=Q(state="appointed") | ~Q(way=""), name="an_answer_has_a_way"),
            models.CheckConstraint(
                condition=~Q(state="declined") | (Q(way="browser") & ~Q(reason="")),
                name="declining_has_a_reason",
                violation_error_message=_("Say why: the information security manager reads it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.assignment.role}"

    def get_absolute_url(self) -> str:
        return reverse("letter", args=[self.pk])


class LetterText(models.Model):
    """The organisation's own words of a kind of letter. Fixed placeholders and nothing else: no code, no mark-up."""

    KINDS = [
        ("primary", _("Letter to a holder")),
        ("deputy", _("Letter to a deputy")),
        ("member", _("Letter to a team member")),
    ]

    kind = models.CharField(max_length=10, choices=KINDS, unique=True, editable=False)
    title = models.CharField(_("heading"), max_length=160, validators=[plain_text])
    body = models.TextField(_("text"), max_length=8000, validators=[plain_text])
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")

    def __str__(self) -> str:
        return str(self.get_kind_display())
