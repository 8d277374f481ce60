"""What is wrong about campaigns: not everybody has acknowledged by their day (K2)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ismsroles.core.findings import rule
from reviews.models import Campaign
from reviews.queries import campaigns as queries


@rule("K2.late", title=gettext_lazy("Not everybody has acknowledged a version"), clause="7.3", severity="warn")
def not_acknowledged(day: date) -> Iterator[dict[str, Any]]:
    """Who was asked to acknowledge a version does so by their day (K2)."""
    for campaign in Campaign.objects.filter(state="open", opened_on__lte=day).select_related("version"):
        number = queries.late(campaign, day)
        if number:
            words = ngettext(
                "%(n)s person has not acknowledged “%(version)s” by their day.",
                "%(n)s people have not acknowledged “%(version)s” by their day.",
                number,
            )
            yield {
                "sentence": words % {"n": number, "version": campaign}, "detail": "", "since": None,
                "url": reverse("campaign", args=[campaign.pk]), "action": _("See where"),
            }  # fmt: skip
