"""The matrix as it is drafted: activities in groups, and the letters that roles have in them (coverage M1–M3, M7)."""

from itertools import combinations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from roles.models import AuthorisationLevel, Process, Role
from roles.models.text import plain_text

LETTERS = "RASCI"  # responsible, accountable, supporting, consulted, informed: always written in this order
# Kinds of decision that an activity may be; "something else" needs no level of its kind.
DECISIONS = [(kind, words) for kind, words in AuthorisationLevel.KINDS if kind != "own"]
SETS = tuple("".join(chosen) for size in range(len(LETTERS) + 1) for chosen in combinations(LETTERS, size))


def canonical_letters(letters: str) -> str:
    """The letters in their one order, each once; what is none of them is left out."""
    return "".join(letter for letter in LETTERS if letter in letters.upper())


def _known_letters(letters: str) -> None:
    if letters not in SETS:
        raise ValidationError(_("A cell holds letters of RASCI, each once and in this order. Write them again."))


def _list_of_codes(codes: object) -> None:
    if not isinstance(codes, list) or not all(isinstance(code, str) and code for code in codes):
        raise ValidationError(_("Choose duties from the list."))


class ActivityGroup(models.Model):
    """Activities that belong together: a process of the ISMS."""

    name = models.CharField(
        _("name"), max_length=160, blank=True, validators=[plain_text],
        help_text=_("Left empty, it is called like the process of the register."),
    )  # fmt: skip
    process = models.ForeignKey(
        Process, verbose_name=_("process of the register"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="matrix_groups", help_text=_("Then the letters of these activities say who takes part in it."),
    )  # fmt: skip
    position = models.PositiveIntegerField(default=0, editable=False)
    retired = models.BooleanField(default=False, editable=False)
    starter_key = models.CharField(max_length=60, blank=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("name"),
                condition=Q(retired=False),
                name="activity_group_name_once",
                violation_error_message=_("There is a process with this name already. Give this one another name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Nobody types the name of a process twice."""
        if not self.name and self.process is None:
            raise ValidationError({"name": _("Write a name, or choose a process of the register.")})
        self.name = self.name or self.process.name

    def get_absolute_url(self) -> str:
        return f"{reverse('matrix')}?group={self.pk}"


class Activities(models.QuerySet):
    """Questions about activities in the words of the field."""

    def in_force(self) -> "Activities":
        """Those that the matrix shows: neither they nor their process are retired."""
        return self.filter(retired=False, group__retired=False)


class Activity(models.Model):
    """One thing that is done for information security. Its row in the matrix says who does what in it."""

    group = models.ForeignKey(
        ActivityGroup, verbose_name=_("process"), on_delete=models.PROTECT, related_name="activities"
    )
    title = models.CharField(
        _("activity"), max_length=200, validators=[plain_text], help_text=_("What is done, in a few words.")
    )
    note = models.TextField(
        _("what it covers"), max_length=1000, blank=True, validators=[plain_text], help_text=_("In a sentence or two.")
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    must_inform = models.BooleanField(
        _("somebody has to be informed"), default=False, help_text=_("Then a row without an I is reported.")
    )
    separate = models.BooleanField(
        _("who answers for it must not do it"),
        default=False,
        help_text=_("Then A and R may not lie with the same person."),
    )
    decides = models.CharField(
        _("decision it takes"), max_length=40, blank=True, choices=DECISIONS, default="",
        help_text=_("Then whoever answers for it needs an authorisation level of that kind."),
    )  # fmt: skip
    duties = models.JSONField(_("duties"), default=list, blank=True, validators=[_list_of_codes])
    retired = models.BooleanField(default=False, editable=False)
    starter_key = models.CharField(max_length=60, blank=True, editable=False)
    # Counts the changes of the row's cells: whoever edits says which state they saw. What changed is in the cells' own history.
    version = models.PositiveIntegerField(default=0, editable=False)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = Activities.as_manager()

    class Meta:
        ordering = ["group__position", "group_id", "position", "pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("title"),
                "group",
                condition=Q(retired=False),
                name="activity_title_once_a_group",
                violation_error_message=_("This process has an activity of that name already. Give it another name."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activity", args=[self.pk])


class Allocations(models.QuerySet):
    """Questions about cells in the words of the field."""

    def filled(self) -> "Allocations":
        """Cells that hold a letter, of activities in force. A cleared cell keeps its row, and with it its past."""
        return self.filter(activity__retired=False, activity__group__retired=False).exclude(letters="")

    def with_letter(self, letter: str) -> "Allocations":
        return self.filled().filter(letters__contains=letter)


class Allocation(models.Model):
    """One cell: the letters that one role has in one activity."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="allocations")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="allocations")
    letters = models.CharField(_("letters"), max_length=5, blank=True, default="", validators=[_known_letters])
    history = HistoricalRecords()

    objects = Allocations.as_manager()

    class Meta:
        ordering = ["activity_id", "role_id"]
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        constraints = [
            models.UniqueConstraint(fields=["activity", "role"], name="one_allocation_a_cell"),
            models.CheckConstraint(condition=Q(letters__in=SETS), name="allocation_letters_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.role} {'/'.join(self.letters) or '–'}"


class Column(models.Model):
    """Where a role stands in the matrix, if somebody has put it somewhere; the others follow, superiors first."""

    role = models.OneToOneField(Role, on_delete=models.PROTECT, related_name="matrix_column")
    position = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.role}: {self.position}"


class Limits(models.Model):
    """From where on accountability is too much in one hand (M7). One row; without it the defaults hold."""

    person = models.PositiveSmallIntegerField(
        _("activities one person may answer for"),
        default=12,
        validators=[MinValueValidator(1)],
        help_text=_("More than so many A with one person is reported."),
    )
    area = models.PositiveSmallIntegerField(
        _("share of one area, in per cent"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("An area with more than this share of all A is reported."),
    )
    only = models.BooleanField(default=True, unique=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("limits of the matrix")
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="one_row_of_limits"),
            models.CheckConstraint(condition=Q(area__gte=1, area__lte=100), name="area_share_is_a_share"),
        ]

    def __str__(self) -> str:
        return str(_("Limits of the matrix"))

    @classmethod
    def current(cls) -> "Limits":
        return cls.objects.first() or cls()
