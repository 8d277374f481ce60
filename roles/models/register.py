"""Roles with their responsibilities and authorities (coverage R1–R3, R5)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from roles.clauses import CLAUSES
from roles.models.people import Area, _refuse_loop
from roles.models.text import plain_text


def _known_clauses(codes: object) -> None:
    unknown = [str(code) for code in codes if code not in CLAUSES] if isinstance(codes, list) else [str(codes)]
    if unknown:
        raise ValidationError(_("Unknown clause: %(codes)s. Choose from the list.") % {"codes": ", ".join(unknown)})


class Roles(models.QuerySet):
    """Questions about roles in the words of the field."""

    def active(self) -> "Roles":
        return self.filter(state="active")

    def found_by(self, words: str) -> "Roles":
        """Roles whose title, purpose or responsibilities contain every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(purpose__icontains=word)
                | models.Exists(Responsibility.objects.filter(role=models.OuterRef("pk"), text__icontains=word))
            )
        return found


class Role(models.Model):
    """A role that matters for information security. Never a permission of this application: those are called access."""

    KINDS = [
        ("one", _("one holder")),
        ("many", _("many holders")),
        ("body", _("a body")),
        ("everyone", _("everyone")),
    ]
    STATES = [("draft", _("draft")), ("active", _("active")), ("retired", _("retired"))]
    PERSONAS = [
        ("", _("neither")),
        ("ism", _("information security manager: keeps this register")),
        ("top_management", _("top management: approves assignments and signs documents")),
    ]

    title = models.CharField(_("title"), max_length=160, validators=[plain_text])
    purpose = models.TextField(
        _("purpose"), max_length=1000, blank=True, validators=[plain_text], help_text=_("In one sentence.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default="one")
    area = models.ForeignKey(
        Area, verbose_name=_("area"), null=True, blank=True, on_delete=models.PROTECT, related_name="roles"
    )
    reports_to = models.ForeignKey(
        "self", verbose_name=_("reports to"), null=True, blank=True, on_delete=models.PROTECT, related_name="reporting"
    )
    clauses = models.JSONField(_("clauses served"), default=list, blank=True, validators=[_known_clauses])
    persona = models.CharField(
        _("what holding it opens in this register"), max_length=20, choices=PERSONAS, blank=True, default=""
    )
    deputy_signs = models.BooleanField(
        _("its deputy may sign documents"),
        default=False,
        help_text=_("For top management: only in a recorded absence of the holder. Both names are printed."),
    )
    competences = models.TextField(
        _("competences needed"), max_length=4000, blank=True, validators=[plain_text], help_text=_("One a line.")
    )
    state = models.CharField(max_length=10, choices=STATES, default="draft", editable=False)
    starter_key = models.CharField(max_length=60, blank=True, editable=False)
    history = HistoricalRecords()

    objects = Roles.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("title"),
                condition=~Q(state="retired"),
                name="role_title_once",
                violation_error_message=_("There is a role with this title already. Give this one another title."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("role", args=[self.pk])

    def clean(self) -> None:
        _refuse_loop(self, "reports_to", _("These roles would report to each other in a circle. Choose another one."))

    @property
    def competence_lines(self) -> list[str]:
        """The competences needed, one each."""
        return [line.strip() for line in self.competences.splitlines() if line.strip()]


class Responsibility(models.Model):
    """What a role must do. It belongs to exactly one role (design rule 7)."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="responsibilities")
    text = models.TextField(
        _("must do"),
        max_length=1000,
        validators=[plain_text],
        help_text=_("Begin with a verb, and say how often or by when, so that it can be checked."),
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")

    def __str__(self) -> str:
        return self.text


class Authority(models.Model):
    """What a role may decide or do, up to which limit, and which responsibilities that serves (coverage R3)."""

    LIMITS = [
        ("", _("no limit needed")),
        ("amount", _("amount")),
        ("system", _("system")),
        ("level", _("level")),
        ("other", _("other")),
    ]

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="authorities")
    text = models.TextField(_("may"), max_length=1000, validators=[plain_text])
    limit_kind = models.CharField(_("kind of limit"), max_length=10, choices=LIMITS, blank=True, default="")
    limit = models.CharField(
        _("limit"),
        max_length=300,
        blank=True,
        validators=[plain_text],
        help_text=_("Such as “up to € 10,000 a year” or “accounts without administrator rights”."),
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    serves = models.ManyToManyField(
        Responsibility, verbose_name=_("serves"), through="AuthorityServes", related_name="authorities", blank=True
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_kind="") | ~Q(limit=""),
                name="authority_limit_is_written",
                violation_error_message=_("Write the limit, or choose “no limit needed”."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.limit})" if self.limit else self.text


class AuthorityServes(models.Model):
    """This authority serves that responsibility. A row of its own, so that its history is true (simple-history #1257)."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="links")
    responsibility = models.ForeignKey(Responsibility, on_delete=models.CASCADE, related_name="links")
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "responsibility"], name="authority_serves_once")]

    def __str__(self) -> str:
        return f"{self.authority} → {self.responsibility}"
