"""What is written down about the management review team beside its role: who leads it, when it can decide, what the board passed on
(coverage T1, T4). Who sits on it are the approved assignments of that role, so that appointment, conflict and leaving are one thing."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.models import Role
from roles.models.text import plain_text

LONGEST_INTERVAL = 3  # months: at least quarterly (T2)


def _role(label: object, help_text: object, **more: object) -> models.ForeignKey:
    return models.ForeignKey(
        Role, verbose_name=label, help_text=help_text, on_delete=models.PROTECT, related_name="+", **more
    )


class Charter(models.Model):
    """The rules of the one management review team."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    role = _role(
        _("role of its members"), _("Its responsibilities are the team's duties, its authorities what it may decide.")
    )
    chair_role = _role(
        _("who chairs it"), _("The holder of this role leads the meetings and signs the minutes, if on the team."),
        null=True, blank=True,
    )  # fmt: skip
    senior_role = _role(
        _("senior management"), _("Holders of this role count as senior management, beside top management."),
        null=True, blank=True,
    )  # fmt: skip
    board_role = _role(
        _("represents the board"), _("The role that speaks for the board in the team, if there is one."),
        null=True, blank=True,
    )  # fmt: skip
    board = models.TextField(
        _("how the board takes part"), max_length=2000, blank=True, validators=[plain_text],
        help_text=_("Who represents it, and how the team reports to it."),
    )  # fmt: skip
    delegated = models.TextField(
        _("what the board passed on to the team"), max_length=2000, blank=True, validators=[plain_text],
        help_text=_("What the team may decide in the board's place, and up to which limit."),
    )  # fmt: skip
    decided_on = models.DateField(_("date of the board's decision"), null=True, blank=True)
    reference = models.CharField(
        _("reference"), max_length=300, blank=True, validators=[plain_text],
        help_text=_("Such as “Board minutes 2026-11, item 5”."),
    )  # fmt: skip
    quorum_percent = models.PositiveSmallIntegerField(
        _("areas that must be represented, in percent"), default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("By the representative or the deputy. Otherwise the meeting decides nothing."),
    )  # fmt: skip
    quorum_senior = models.BooleanField(_("senior management must be present"), default=True)
    quorum_chair = models.BooleanField(_("the chair or the chair's deputy must be present"), default=True)
    every = models.PositiveSmallIntegerField(
        _("months between meetings"), default=LONGEST_INTERVAL,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_INTERVAL)],
        help_text=_("At least quarterly."),
    )  # fmt: skip
    notice = models.PositiveSmallIntegerField(
        _("days of notice"), default=14, validators=[MaxValueValidator(90)],
        help_text=_("So long before a meeting its invitation goes out."),
    )  # fmt: skip
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rules of the management review team")
        verbose_name_plural = _("rules of the management review team")
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="one_management_review_team"),
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=1, quorum_percent__lte=100), name="a_quorum_is_a_part_of_the_team"
            ),
            models.CheckConstraint(
                condition=Q(every__gte=1, every__lte=LONGEST_INTERVAL), name="the_team_meets_at_least_quarterly",
                violation_error_message=_("The team meets at least quarterly: choose one to three months."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.role.title

    def get_absolute_url(self) -> str:
        return reverse("team")

    def clean(self) -> None:
        refuse_far_off(self)
        if self.delegated.strip() and not (self.decided_on and self.reference.strip()):
            raise ValidationError(
                {"reference": _("Say which decision of the board passed it on: its date and reference.")}
            )
