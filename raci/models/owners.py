"""What must have an owner: information assets, systems, data sets, shared drives, cloud services, suppliers (coverage M4)."""

from datetime import date

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core.names import search_key
from roles.models import Area, Person, Role
from roles.models.text import plain_text

# A page links to it: only addresses that a browser opens and that run nothing.
web_address = URLValidator(
    schemes=["http", "https"], message=_("Write an address that begins with https:// or http://.")
)


def _role(label: object, related: str) -> models.ForeignKey:
    return models.ForeignKey(
        Role, verbose_name=label, null=True, blank=True, on_delete=models.PROTECT, related_name=related
    )


def _person(label: object, related: str) -> models.ForeignKey:
    return models.ForeignKey(
        Person, verbose_name=label, null=True, blank=True, on_delete=models.PROTECT, related_name=related
    )


class Owned(models.Model):
    """Something with one accountable owner: a role, whoever holds it, or one person. Never both (A.5.9: one owner)."""

    owner_role = _role(_("owner, as a role"), "%(class)ss_owned")
    owner_person = _person(_("owner, as a person"), "%(class)ss_owned")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_role=None) | Q(owner_person=None),
                name="%(class)s_has_one_owner",
                violation_error_message=_("One owner answers for it: choose a role or a person, not both."),
            ),
        ]

    @property
    def owner(self) -> Role | Person | None:
        """Who answers for it."""
        return self.owner_role or self.owner_person

    @property
    def has_owner(self) -> bool:
        return self.owner_role_id is not None or self.owner_person_id is not None


class Assets(models.QuerySet):
    """Questions about assets in the words of the field."""

    def kept(self) -> "Assets":
        """Those in use: not retired."""
        return self.filter(retired_on=None)

    def unowned(self) -> "Assets":
        """In use, and nobody answers for them."""
        return self.kept().filter(owner_role=None, owner_person=None)

    def found_by(self, words: str) -> "Assets":
        """Assets whose name, number or owner contains every word."""
        found = self
        for word in search_key(words).split():
            found = found.filter(
                Q(name_key__contains=word)
                | Q(external_id__icontains=word)
                | Q(owner_role__title__icontains=word)
                | Q(owner_person__name_key__contains=word)
            )
        return found


class Asset(Owned):
    """One thing of value: what it is, where it stands, and who answers for it. The service desk's inventory stays where it is."""

    KINDS = [
        ("information", _("information asset")),
        ("system", _("system")),
        ("data_set", _("data set")),
        ("share", _("shared drive")),
        ("cloud", _("cloud service (SaaS)")),
        ("supplier", _("supplier")),
    ]

    name = models.CharField(_("name"), max_length=200, validators=[plain_text])
    name_key = models.CharField(max_length=400, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS, default="information")
    area = models.ForeignKey(
        Area, verbose_name=_("area"), null=True, blank=True, on_delete=models.PROTECT, related_name="assets"
    )
    classification = models.CharField(
        _("classification"),
        max_length=60,
        blank=True,
        validators=[plain_text],
        help_text=_("In your own words, such as internal or confidential."),
    )
    external_id = models.CharField(
        _("number"),
        max_length=60,
        null=True,
        blank=True,
        unique=True,
        validators=[plain_text],
        help_text=_("From the inventory. An import matches assets by it."),
    )
    link = models.CharField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[web_address],
        help_text=_("To its entry in the inventory, or to the contract."),
    )
    note = models.TextField(_("note"), max_length=2000, blank=True, validators=[plain_text])
    custodian_role = _role(_("custodian, as a role"), "assets_kept")
    custodian_person = _person(_("custodian, as a person"), "assets_kept")
    retired_on = models.DateField(_("out of use since"), null=True, blank=True, editable=False)
    history = HistoricalRecords()

    objects = Assets.as_manager()

    class Meta(Owned.Meta):
        abstract = False
        ordering = ["name_key", "pk"]
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(custodian_role=None) | Q(custodian_person=None),
                name="asset_has_one_custodian",
                violation_error_message=_("One custodian looks after it: choose a role or a person, not both."),
            ),
            models.UniqueConstraint(
                "name_key",
                "kind",
                condition=Q(retired_on=None),
                name="asset_name_once_a_kind",
                violation_error_message=_(
                    "There is one of this kind with this name already. Give this one another name."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("asset", args=[self.pk])

    def clean(self) -> None:
        self.derive_keys()

    def derive_keys(self) -> None:
        """Keys for matching and searching follow from what was written."""
        self.name_key = search_key(self.name)[:400]
        self.external_id = (self.external_id or "").strip() or None

    def save(self, *args, **kwargs) -> None:
        self.derive_keys()
        super().save(*args, **kwargs)

    @property
    def custodian(self) -> Role | Person | None:
        """Who looks after it from day to day, on the owner's behalf."""
        return self.custodian_role or self.custodian_person

    def is_kept(self, day: date) -> bool:
        """Whether it is in use on `day`."""
        return self.retired_on is None or day < self.retired_on
