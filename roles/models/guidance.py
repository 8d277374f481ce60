"""What everybody can look up: authorisation levels, processes, policies, and questions with their answers (R6, R7, R9, K4)."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from roles.models.register import Authority, Responsibility, Role
from roles.models.text import plain_text

STATES = [("active", _("in force")), ("retired", _("retired"))]
HIGHEST = 25


class Kept(models.Model):
    """One entry that is kept, changed and retired, never deleted."""

    state = models.CharField(max_length=10, choices=STATES, default="active", editable=False)
    starter_key = models.CharField(max_length=60, blank=True, editable=False)

    class Meta:
        abstract = True


class AuthorisationLevel(Kept):
    """What may be granted or decided, up to which limit, by which role, with which evidence (R6)."""

    KINDS = [
        ("grant_access", _("Grant access")),
        ("sign_off_access", _("Sign off access rights")),
        ("approve_exception", _("Approve an exception")),
        ("approve_supplier", _("Approve a supplier")),
        ("approve_supplier_personal_data", _("Approve a supplier that processes personal data")),
        ("accept_risk", _("Accept a residual risk")),
        ("own", _("Something else")),
    ]
    LIMITS = [
        ("", _("not written yet")),
        ("none", _("without limit, on purpose")),
        ("amount", _("amount")),
        ("level", _("level")),
        ("system", _("system")),
        ("other", _("other")),
    ]

    kind = models.CharField(_("kind of decision"), max_length=40, choices=KINDS)
    own_kind = models.CharField(
        _("which decision"), max_length=120, blank=True, validators=[plain_text], help_text=_("For “something else”.")
    )
    what = models.CharField(
        _("what may be granted or decided"), max_length=300, validators=[plain_text],
        help_text=_("Such as “reading rights to customer data”."),
    )  # fmt: skip
    role = models.ForeignKey(Role, verbose_name=_("by which role"), on_delete=models.PROTECT, related_name="levels")
    limit_kind = models.CharField(_("kind of limit"), max_length=10, choices=LIMITS, blank=True, default="")
    limit = models.CharField(
        _("limit"), max_length=300, blank=True, validators=[plain_text],
        help_text=_("In words, such as “up to 10,000 a year” or “medium and below”."),
    )  # fmt: skip
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True, help_text=_("The highest, as a number.")
    )
    level = models.PositiveSmallIntegerField(
        _("level"), null=True, blank=True, help_text=_("The highest step of the organisation's scale, counted from 1.")
    )
    evidence = models.CharField(
        _("evidence that is kept"), max_length=300, blank=True, validators=[plain_text],
        help_text=_("Such as “the ticket with the decision”."),
    )  # fmt: skip
    note = models.TextField(_("note"), max_length=1000, blank=True, validators=[plain_text])
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("authorisation level")
        verbose_name_plural = _("authorisation levels")
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_kind__in=["", "none"]) | ~Q(limit=""), name="level_limit_is_written",
                violation_error_message=_("Write the limit, or choose “not written yet”."),
            ),
            models.CheckConstraint(
                condition=~Q(limit_kind="amount") | Q(amount__isnull=False, amount__gte=0), name="level_amount_is_a_number",
                violation_error_message=_("Write the amount as a number too, so that it can be compared."),
            ),
            models.CheckConstraint(
                condition=~Q(limit_kind="level") | Q(level__isnull=False, level__gte=1, level__lte=HIGHEST), name="level_is_a_step",
                violation_error_message=_("Write the level as a number from 1 to 25 too, so that it can be compared."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="own") | ~Q(own_kind=""), name="level_own_kind_is_named",
                violation_error_message=_("Write which decision it is."),
            ),
            models.UniqueConstraint(
                "kind", Lower("own_kind"), Lower("what"), "role", Lower("limit"), condition=Q(state="active"),
                name="level_once", violation_error_message=_("This level is in the register already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.what} ({self.limit})" if self.limit else self.what

    def get_absolute_url(self) -> str:
        return reverse("level", args=[self.pk])

    def clean(self) -> None:
        """What does not belong to the kind of limit or decision is not kept."""
        self.amount = self.amount if self.limit_kind == "amount" else None
        self.level = self.level if self.limit_kind == "level" else None
        self.limit = self.limit if self.limit_kind not in ("", "none") else ""
        self.own_kind = self.own_kind if self.kind == "own" else ""

    @property
    def decision(self) -> str:
        """Which decision it is about, in words."""
        return self.own_kind or str(self.get_kind_display())


class Process(Kept):
    """A process of the ISMS and the part that each role plays in it (R7)."""

    name = models.CharField(_("name"), max_length=160, validators=[plain_text])
    purpose = models.TextField(_("what it is for"), max_length=1000, blank=True, validators=[plain_text])
    clauses = models.JSONField(_("clauses served"), default=list, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=Q(state="active"), name="process_once",
                violation_error_message=_("There is a process with this name already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("process", args=[self.pk])


class ProcessPart(models.Model):
    """What one role does in one process."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="parts")
    role = models.ForeignKey(Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="process_parts")
    does = models.CharField(_("what it does there"), max_length=500, validators=[plain_text])
    history = HistoricalRecords()

    class Meta:
        ordering = ["role__title", "pk"]
        verbose_name = _("part in a process")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "role"], name="a_role_has_one_part_in_a_process",
                violation_error_message=_("This role has a part in it already. Change that one."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.role}: {self.does}"


class Policy(Kept):
    """A policy of the organisation, and the roles that put it into effect (R9)."""

    KINDS = [("main", _("information security policy")), ("topic", _("topic-specific policy"))]

    title = models.CharField(_("title"), max_length=200, validators=[plain_text])
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default="topic")
    version = models.CharField(_("version"), max_length=40, validators=[plain_text])
    dated = models.DateField(_("date"), help_text=_("When this version came into force."))
    link = models.URLField(_("link"), max_length=500, blank=True, help_text=_("Where it can be read."))
    owner = models.ForeignKey(
        Role, verbose_name=_("owner"), null=True, blank=True, on_delete=models.PROTECT, related_name="owned_policies",
        help_text=_("The role that keeps it right."),
    )  # fmt: skip
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "title", "pk"]
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [
            models.UniqueConstraint(
                Lower("title"), condition=Q(state="active"), name="policy_once",
                violation_error_message=_("There is a policy with this title already. Change its version instead."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policy", args=[self.pk])

    def clean(self) -> None:
        refuse_far_off(self)
        if self.link and not self.link.lower().startswith(("https://", "http://")):
            raise ValidationError({"link": _("Write a link that begins with https://.")})


class PolicyPart(models.Model):
    """How one role puts one policy into effect."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="parts")
    role = models.ForeignKey(Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="policy_parts")
    does = models.CharField(_("how it puts the policy into effect"), max_length=500, validators=[plain_text])
    history = HistoricalRecords()

    class Meta:
        ordering = ["role__title", "pk"]
        verbose_name = _("part in a policy")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "role"], name="a_role_has_one_part_in_a_policy",
                violation_error_message=_("This role has a part in it already. Change that one."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.role}: {self.does}"


class Question(Kept):
    """A question that people ask, and the responsibility, authority or level that answers it: never a typed name (K4)."""

    text = models.CharField(
        _("question"), max_length=200, validators=[plain_text], help_text=_("As a colleague would say it.")
    )
    synonyms = models.TextField(
        _("other words for it"), max_length=600, blank=True, validators=[plain_text],
        help_text=_("Separated by commas: what people type when they look for it."),
    )  # fmt: skip
    answer = models.TextField(
        _("what to do"), max_length=600, blank=True, validators=[plain_text],
        help_text=_("In a sentence or two. Who it is follows from the register."),
    )  # fmt: skip
    responsibility = models.ForeignKey(
        Responsibility,
        verbose_name=_("responsibility"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    authority = models.ForeignKey(
        Authority,
        verbose_name=_("authority"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    level = models.ForeignKey(
        AuthorisationLevel, verbose_name=_("authorisation level"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="questions",
    )  # fmt: skip
    position = models.PositiveIntegerField(default=0, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(responsibility__isnull=False, authority=None, level=None)
                | Q(responsibility=None, authority__isnull=False, level=None)
                | Q(responsibility=None, authority=None, level__isnull=False),
                name="a_question_has_one_answer",
                violation_error_message=_("Choose one responsibility, authority or level that answers it."),
            ),
            models.UniqueConstraint(
                Lower("text"), condition=Q(state="active"), name="question_once",
                violation_error_message=_("This question is there already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("ask") + f"#q-{self.pk}"

    @property
    def tie(self) -> Responsibility | Authority | AuthorisationLevel:
        """What in the register answers it."""
        return self.responsibility or self.authority or self.level


class Unanswered(models.Model):
    """A question to which nothing fitted. Nobody is named: only the words, how often, and when last."""

    STATES = [("open", _("open")), ("answered", _("answered")), ("dropped", _("dropped"))]

    words = models.CharField(max_length=200)
    words_key = models.CharField(max_length=400)
    times = models.PositiveIntegerField(default=1)
    first_on = models.DateField()
    last_on = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default="open")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-times", "-last_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["words_key"], condition=Q(state="open"), name="unanswered_once")]

    def __str__(self) -> str:
        return self.words

    def age(self, day: date) -> int:
        """Days since it was first asked."""
        return (day - self.first_on).days
