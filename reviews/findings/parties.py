"""What is wrong about interested parties: somebody outside works with a version that was superseded (K2)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from reviews.models import Given


@rule("K2.outside", title=gettext_lazy("Somebody outside has an old version"), clause="7.4", severity="note")
def outdated(day: date) -> Iterator[dict[str, Any]]:
    """Whom outside the newest thing they were given of a document is superseded."""
    rows = Given.objects.filter(party__retired=False, given_on__lte=day).select_related("party", "version")
    newest = {(row.party_id, row.version.kind): row for row in rows.order_by("given_on", "pk")}
    for row in newest.values():
        if row.version.state == "superseded":
            words = {"party": row.party, "version": row.version}
            yield {
                "sentence": _("%(party)s was given “%(version)s”, which is superseded.") % words, "detail": "",
                "url": row.party.get_absolute_url(), "action": _("Give the new one"), "since": None,
            }  # fmt: skip
