"""What somebody has shown to be able to do. A row is written once; a correction is a new row (coverage C2)."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from competence.models.files import KeptFile
from competence.models.skills import LEVELS, Skill
from ismsroles.core import clock
from ismsroles.core.dates import refuse_far_off
from roles.models import Person
from roles.models.text import plain_text


class Assessments(models.QuerySet):
    """Questions about assessments in the words of the field."""

    def standing(self, day: date) -> "Assessments":
        """Those of `day` and before that nobody has corrected, oldest first: the last one that counts decides."""
        corrected = Assessment.objects.filter(corrects__isnull=False).order_by().values("corrects")
        return self.exclude(pk__in=corrected).filter(assessed_on__lte=day).order_by("assessed_on", "pk")


class Assessment(models.Model):
    """A person's level in a skill, as somebody else saw it on a day (or, marked as such, as they see it themself)."""

    EVIDENCE = [("certificate", _("certificate")), ("training", _("training")), ("experience", _("experience"))]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    skill = models.ForeignKey(Skill, verbose_name=_("skill"), on_delete=models.PROTECT, related_name="assessments")
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVELS)
    assessed_on = models.DateField(_("assessed on"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("It counts. Empty: does not expire.")
    )
    evidence = models.CharField(_("what shows it"), max_length=12, choices=EVIDENCE, default="experience")
    note = models.CharField(
        _("what exactly"),
        max_length=500,
        blank=True,
        validators=[plain_text],
        help_text=_("Such as the name and number of the certificate, the course, the work done."),
    )
    link = models.URLField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[URLValidator(["https", "http"])],
        help_text=_("Where the evidence can be looked at."),
    )
    file = models.ForeignKey(KeptFile, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments")
    is_self = models.BooleanField(_("self-assessment"), default=False, editable=False)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    assessor_person = models.ForeignKey(
        Person, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    assessor_name = models.CharField(max_length=200, editable=False)
    recorded_at = models.DateTimeField(editable=False)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="corrections"
    )
    why_corrected = models.CharField(max_length=500, blank=True, editable=False, validators=[plain_text])
    source = models.CharField(max_length=200, blank=True, editable=False)
    history = HistoricalRecords()

    objects = Assessments.as_manager()

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes = [models.Index(fields=["skill", "person", "assessed_on"], name="assessment_of_skill")]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=0, level__lte=4), name="assessment_level_0_to_4"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("assessed_on")),
                name="assessment_valid_after_it_was_made",
                violation_error_message=_("It would have expired before it was made. Correct one of the two days."),
            ),
            # Nobody assesses themself unmarked, whoever writes.
            models.CheckConstraint(
                condition=Q(is_self=True, assessor_person=F("person"))
                | (Q(is_self=False) & (Q(assessor_person=None) | ~Q(assessor_person=F("person")))),
                name="a_self_assessment_is_marked",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False),
                name="corrected_once",
                violation_error_message=_("This was corrected already. Correct the newer one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.skill} {self.level}"

    def get_absolute_url(self) -> str:
        return reverse("person-competence", args=[self.person_id])

    def clean(self) -> None:
        refuse_far_off(self)
        if self.assessed_on and self.assessed_on > clock.today():
            raise ValidationError({"assessed_on": _("This day is still to come. Write the day of the assessment.")})
