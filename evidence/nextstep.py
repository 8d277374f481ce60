"""The one thing to do now, for whoever looks at the overview."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence import queries
from ismsroles.core.access import may
from ismsroles.core.findings import Finding


@dataclass(frozen=True)
class Next:
    """A sentence and its button."""

    sentence: Any
    url: str
    action: Any


def next_step(user, found: list[Finding]) -> Next | None:
    """Signing comes first, then the version on its way, then the worst finding, then a new version."""
    mine = queries.waiting_signoff(user)
    if mine is not None:
        words = {"number": mine.version.number}
        return Next(
            _("version %(number)s waits for your signature.") % words,
            reverse("version-sign", args=[mine.version_id]),
            _("Read and sign"),
        )
    if not may(user, "roles-document.prepare"):
        return None
    version = queries.open_version(user)
    if version is not None and version.state == "frozen":
        words = {"number": version.number}
        return Next(
            _("send version %(number)s to those who sign it.") % words,
            reverse("version-send", args=[version.pk]),
            _("Choose who signs"),
        )
    worst = next((one for one in found if one.severity == "stop" and one.url), None)
    if worst is not None:
        return Next(worst.sentence, worst.url, worst.action)
    if version is None and any(one.rule in ("D3.missing", "D3.changed", "D3.old") for one in found):
        return Next(
            _("bring a version of the document to sign-off."), reverse("version-prepare"), _("Prepare a version")
        )
    return None
