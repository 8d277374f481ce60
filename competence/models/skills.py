"""Skills with levels, and what each role needs of them (coverage C2)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from roles.models import Role
from roles.models.text import plain_text

LEVELS = [
    (0, _("Nothing yet")),
    (1, _("Knows of it")),
    (2, _("Does it with help")),
    (3, _("Does it alone")),
    (4, _("Leads and teaches it")),
]


class Skills(models.QuerySet):
    """Questions about skills in the words of the field."""

    def in_use(self) -> "Skills":
        return self.filter(is_retired=False)


class Skill(models.Model):
    """Something that can be learnt and shown, with what each level looks like."""

    name = models.CharField(_("name"), max_length=120, validators=[plain_text])
    description = models.TextField(
        _("what it is"), max_length=1000, blank=True, validators=[plain_text], help_text=_("In one sentence.")
    )
    level_1 = models.CharField(_("level 1, knows of it"), max_length=300, blank=True, validators=[plain_text])
    level_2 = models.CharField(_("level 2, does it with help"), max_length=300, blank=True, validators=[plain_text])
    level_3 = models.CharField(_("level 3, does it alone"), max_length=300, blank=True, validators=[plain_text])
    level_4 = models.CharField(_("level 4, leads and teaches it"), max_length=300, blank=True, validators=[plain_text])
    is_retired = models.BooleanField(default=False, editable=False)
    starter_key = models.CharField(max_length=60, blank=True, editable=False)
    history = HistoricalRecords()

    objects = Skills.as_manager()

    class Meta:
        ordering = [models.functions.Lower("name"), "pk"]
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("name"),
                condition=Q(is_retired=False),
                name="skill_name_once",
                violation_error_message=_("There is a skill with this name already. Use that one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("skill", args=[self.pk])

    @property
    def levels(self) -> list[tuple[int, object, str]]:
        """(level, its name, what it looks like here) from 1 to 4."""
        return [(number, name, getattr(self, f"level_{number}")) for number, name in LEVELS if number]


class Requirements(models.QuerySet):
    """Questions about requirements in the words of the field."""

    def in_force(self, day: date) -> "Requirements":
        """Those that counted on `day`: confirmed, begun, not ended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), is_suggested=False, starts_on__lte=day)

    def present(self) -> "Requirements":
        """In force or suggested, not ended."""
        return self.filter(ends_on=None)


class Requirement(models.Model):
    """What a role needs: a skill, up to a level, shown in a certain way. Dated, so that gaps of a past day can be worked out."""

    STRENGTHS = [("must", _("must have")), ("should", _("should have"))]
    PROOFS = [
        ("", _("in any way")),
        ("certificate", _("by a certificate")),
        ("training", _("by a training")),
        ("experience", _("by experience")),
    ]

    role = models.ForeignKey(Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="requirements")
    skill = models.ForeignKey(Skill, verbose_name=_("skill"), on_delete=models.PROTECT, related_name="requirements")
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVELS[1:], default=2)
    strength = models.CharField(_("how firmly"), max_length=6, choices=STRENGTHS, default="must")
    proof = models.CharField(_("shown"), max_length=12, choices=PROOFS, blank=True, default="")
    is_suggested = models.BooleanField(default=False, editable=False)
    starts_on = models.DateField(editable=False)
    ends_on = models.DateField(null=True, blank=True, editable=False)
    history = HistoricalRecords()

    objects = Requirements.as_manager()

    class Meta:
        ordering = ["-strength", "skill__name", "pk"]
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = [
            models.UniqueConstraint(
                fields=["role", "skill"],
                condition=Q(ends_on=None),
                name="requirement_once",
                violation_error_message=_("The role needs this skill already. Change that line instead."),
            ),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="requirement_level_1_to_4"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="requirement_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.skill} {self.level}"

    @property
    def is_must(self) -> bool:
        return self.strength == "must"
