"""Areas of the organisation and the people inside and outside it (coverage A1)."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from simple_history.models import HistoricalRecords

from ismsroles.core.dates import refuse_far_off
from ismsroles.core.names import email_key, search_key
from roles.models.text import plain_text
from roles.models.words import beginning_with, keep_words, rarest_first
from roles.words import asked

AT_A_TIME = 5000
FOUND_BY = {"name", "email", "job_title", "external_id"}


dialled = RegexValidator(r"\A[+0-9][0-9 ()/.\-x#,*]*\Z", _("Write digits, as one dials them: +44 20 7946 0958."))


class Area(models.Model):
    """A part of the organisation; in scope of the ISMS or not."""

    name = models.CharField(_("name"), max_length=120, unique=True, validators=[plain_text])
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    in_scope = models.BooleanField(_("in scope of the ISMS"), default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        permissions = [("represent_area", "Looks after the people of this area")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("area", args=[self.pk])

    def clean(self) -> None:
        _refuse_loop(self, "parent", _("An area cannot be part of itself. Choose another one, or none."))


class AreaUserObjectPermission(UserObjectPermissionBase):
    """Who represents which area: an explicit grant on the object (design §5)."""

    content_object = models.ForeignKey(Area, on_delete=models.CASCADE)


class AreaGroupObjectPermission(GroupObjectPermissionBase):
    """Required beside it by django-guardian; groups are not used."""

    content_object = models.ForeignKey(Area, on_delete=models.CASCADE)


class People(models.QuerySet):
    """Questions about people in the words of the field."""

    def current(self, day: date) -> "People":
        """Who is with the organisation on `day`; the last day counts (design rule 4)."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(last_day=None) | Q(last_day__gte=day))

    def bulk_create(self, objs, *args, **kwargs):
        """New people are found at once."""
        made = super().bulk_create(objs, *args, **kwargs)
        keep_words(made, new=True)
        return made

    def bulk_update(self, objs, fields, *args, **kwargs):
        """Who changed their name is found by the new one."""
        objs = list(objs)
        done = super().bulk_update(objs, fields, *args, **kwargs)
        if FOUND_BY & set(fields):
            keep_words(objs)
        return done

    def suggested(self, text: str, at_most: int) -> list["Person"]:
        """The first of these people who have a word that begins with each part of the text, from an index. Without a text the
        first by name.

        The index is read from the first fitting word on, some rows at a time, and only these people are looked at: what it costs follows
        from how many are shown, not from how many there are. Who must be read past (leavers, other areas) is read in ever larger steps."""
        if not (parts := asked(text)):
            return list(self.order_by("name_key", "pk")[:at_most])
        rows = beginning_with(rarest_first(parts)).values_list("person_id", flat=True)
        found: dict[int, Person] = {}
        first, step = 0, at_most * 4
        while len(found) < at_most and (pks := list(rows[first : first + step])):
            by_pk = {person.pk: person for person in self.filter(pk__in=set(pks))}
            found |= {pk: by_pk[pk] for pk in pks if pk in by_pk and pk not in found}
            first, step = first + step, min(step * 4, AT_A_TIME) if len(pks) == step else 0
        return list(found.values())[:at_most]

    def found_by(self, words: str) -> "People":
        """People whose name, address or title contains every word."""
        found = self
        for word in search_key(words).split():
            found = found.filter(
                Q(name_key__contains=word) | Q(email_key__contains=word) | Q(job_title__icontains=word)
            )
        return found


class Person(models.Model):
    """Somebody inside or outside the organisation. May have a login; a login is not a person."""

    KINDS = [
        ("employee", _("employee")),
        ("contractor", _("contractor")),
        ("supplier", _("supplier")),
        ("consultant", _("consultant")),
    ]

    name = models.CharField(_("name"), max_length=200, validators=[plain_text], help_text=_("As the person writes it."))
    name_key = models.CharField(max_length=400, editable=False, db_index=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    email_key = models.CharField(max_length=254, null=True, unique=True, editable=False)
    phone = models.CharField(
        _("phone"), max_length=40, blank=True, validators=[plain_text, dialled],
        help_text=_("Shown to whoever asks whom to tell. Leave it empty if it is private."),
    )  # fmt: skip
    external_id = models.CharField(
        _("personnel number"),
        max_length=60,
        null=True,
        blank=True,
        unique=True,
        validators=[plain_text],
        help_text=_("From the HR system. An import matches people by it."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS, default="employee")
    employer = models.CharField(
        _("employer"),
        max_length=200,
        blank=True,
        validators=[plain_text],
        help_text=_("For people from outside: their company."),
    )
    job_title = models.CharField(_("job title"), max_length=200, blank=True, validators=[plain_text])
    area = models.ForeignKey(
        Area, verbose_name=_("area"), null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    manager = models.ForeignKey(
        "self", verbose_name=_("line manager"), null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="person"
    )
    history = HistoricalRecords()

    objects = People.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(starts_on=None) | Q(last_day__gte=F("starts_on")),
                name="person_leaves_after_starting",
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])

    def clean(self) -> None:
        self.derive_keys()
        refuse_far_off(self)
        _refuse_loop(
            self, "manager", _("These people would report to each other in a circle. Choose another line manager.")
        )

    def derive_keys(self) -> None:
        """Keys for matching and searching follow from what was written."""
        self.name_key = search_key(self.name)[:400]  # some ligatures unfold to many letters
        self.email_key = email_key(self.email) or None
        self.external_id = (self.external_id or "").strip() or None

    @classmethod
    def from_db(cls, *args, **kwargs) -> "Person":
        """Remembers by which words the person is found, so that only a change of them is written."""
        person = super().from_db(*args, **kwargs)
        person._found_as = person._written()
        return person

    def _written(self) -> tuple:
        return tuple(self.__dict__.get(name) for name in sorted(FOUND_BY))

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        new = self._state.adding
        super().save(*args, **kwargs)
        if new or getattr(self, "_found_as", None) != self._written():
            keep_words([self], new=new)
            self._found_as = self._written()

    @property
    def dial(self) -> str:
        """The phone number as a link dials it."""
        return "".join(sign for sign in self.phone if sign in "+0123456789")

    @property
    def is_outside(self) -> bool:
        """Whether the person belongs to somebody else's organisation."""
        return self.kind != "employee"

    def is_current(self, day: date) -> bool:
        """Whether the person is with the organisation on `day`; the last day counts."""
        return (self.starts_on is None or self.starts_on <= day) and (self.last_day is None or day <= self.last_day)

    @property
    def fact(self) -> str:
        """One fact that tells people of the same name apart."""
        return self.job_title or (self.employer if self.is_outside else "") or (self.area.name if self.area_id else "")


def _refuse_loop(instance: models.Model, field: str, message: str) -> None:
    """Following `field` upwards must never come back to where it began."""
    above, seen = getattr(instance, field), {instance.pk}
    while above is not None:
        if above.pk in seen:
            raise ValidationError({field: message})
        seen.add(above.pk)
        above = getattr(above, field)
