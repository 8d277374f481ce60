"""Two responsibilities that say nearly the same and stay as they are, with the reason (coverage R2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from roles.models.text import plain_text


class KeptPair(models.Model):
    """Written once. It holds for the two wordings it names; when one of them changes, the pair comes back."""

    one = models.BigIntegerField(editable=False)
    other = models.BigIntegerField(editable=False)
    text_one = models.TextField(editable=False)
    text_other = models.TextField(editable=False)
    reason = models.TextField(_("why both stay"), max_length=500, validators=[plain_text])
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("pair that stays")
        verbose_name_plural = _("pairs that stay")
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")) & ~Q(reason=""), name="a_pair_stays_for_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.text_one} / {self.text_other}"
