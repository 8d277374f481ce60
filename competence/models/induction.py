"""What a joiner reads and accepts, by area and role, and the proof of it (coverage K3)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ismsroles.core import clock
from ismsroles.core.dates import refuse_far_off
from ismsroles.core.shown import fingerprint
from roles.models import Area, Person, Policy, Role
from roles.models.text import plain_text


class InductionItem(models.Model):
    """One thing to read and accept: by everybody who joins, who comes to an area, or who gets a role."""

    title = models.CharField(_("title"), max_length=160, validators=[plain_text])
    text = models.TextField(_("what to read"), max_length=6000, blank=True, validators=[plain_text])
    policy = models.ForeignKey(
        Policy, verbose_name=_("policy"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("A policy of the register, in the version that is in force when it is read."),
    )  # fmt: skip
    link = models.URLField(_("link"), max_length=500, blank=True, help_text=_("Where more of it can be read."))
    area = models.ForeignKey(Area, verbose_name=_("for the area"), null=True, blank=True, on_delete=models.PROTECT)
    role = models.ForeignKey(Role, verbose_name=_("for the role"), null=True, blank=True, on_delete=models.PROTECT)
    days = models.PositiveSmallIntegerField(
        _("days to accept it"), default=14, help_text=_("Counted from joining, from coming to the area, or from getting the role.")
    )  # fmt: skip
    starts_on = models.DateField(_("for who comes from"))
    added_on = models.DateField(default=clock.today, editable=False)
    is_retired = models.BooleanField(default=False, editable=False)
    history = HistoricalRecords()

    class Meta:
        ordering = [models.functions.Lower("title"), "pk"]
        verbose_name = _("part of the induction")
        verbose_name_plural = _("parts of the induction")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("title"), condition=Q(is_retired=False), name="induction_title_once",
                violation_error_message=_("There is a part with this title already."),
            ),
            models.CheckConstraint(
                condition=Q(days__lte=365), name="induction_within_a_year",
                violation_error_message=_("Write a number of days up to 365."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("induction-items")

    def clean(self) -> None:
        refuse_far_off(self)
        if self.area_id and self.role_id:
            raise ValidationError({"role": _("Choose an area or a role, not both.")})
        if not (self.text or self.policy_id or self.link):
            raise ValidationError({"text": _("Write what to read, or choose a policy or a link.")})

    @property
    def whom(self) -> str:
        """Whose it is, in words."""
        return str(self.role or self.area or _("everybody who joins"))

    @property
    def said(self) -> dict[str, str]:
        """What is read and accepted, word for word."""
        policy = _("%(title)s, version %(version)s") % vars(self.policy) if self.policy_id else ""
        link = self.link or (self.policy.link if self.policy_id else "")
        return {"title": self.title, "text": self.text, "policy": policy, "link": link}

    @property
    def wording(self) -> str:
        """The fingerprint of what is read."""
        return fingerprint([self.pk, self.said])


class InductionAcceptance(models.Model):
    """One person accepted one part, as it was worded. Written once."""

    item = models.ForeignKey(InductionItem, on_delete=models.PROTECT, related_name="acceptances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="induction")
    wording = models.CharField(max_length=64)
    said = models.JSONField()
    due_on = models.DateField()
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-accepted_at", "-pk"]
        verbose_name = _("accepted part of the induction")
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="induction_accepted_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.item}"
