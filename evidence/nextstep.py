"""The one thing to do now, for whoever looks at the overview."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence import queries
from ismsroles.core.access import may
from ismsroles.core.findings import Finding
from roles.models import Person, Role

FEW = 3  # set-up makes two people and two roles


@dataclass(frozen=True)
class Next:
    """A sentence and its button."""

    sentence: Any
    url: str
    action: Any


def next_step(user, found: list[Finding]) -> Next | None:
    """Signing comes first, then the version on its way, then what a register begins with, then the worst finding, then a new version."""
    if signing := _to_sign(user):
        return signing
    if not may(user, "roles-document.prepare"):
        return None
    version = queries.open_version(user)
    if version is not None and version.state == "frozen":
        words = {"number": version.number}
        send = reverse("version-send", args=[version.pk])
        return Next(_("send version %(number)s to those who sign it.") % words, send, _("Choose who signs"))
    return _to_begin(found) or _to_mend(found) or (_to_prepare(found) if version is None else None)


def _to_sign(user) -> Next | None:
    mine = queries.waiting_signoff(user)
    if mine is None:
        return None
    words, url = {"number": mine.version.number}, reverse("version-sign", args=[mine.version_id])
    return Next(_("version %(number)s waits for your signature.") % words, url, _("Read and sign"))


def _to_begin(found: list[Finding]) -> Next | None:
    """Before the first signed version: people, then roles, then who holds them (the order of the guide)."""
    if not any(one.rule == "D3.missing" for one in found):
        return None
    if Person.objects.count() <= FEW:
        return Next(_("bring in the people of your organisation."), reverse("people-import"), _("Import people"))
    if Role.objects.active().count() <= FEW:
        return Next(_("choose the roles that you need."), reverse("starter"), _("Starter library"))
    if sum(one.rule == "A6.vacant" for one in found) > 1:
        return Next(
            _("several roles are vacant. Propose their holders together."),
            reverse("propose-many"),
            _("Fill vacant roles"),
        )
    return None


def _to_mend(found: list[Finding]) -> Next | None:
    worst = next((one for one in found if one.severity == "stop" and one.url), None)
    return Next(worst.sentence, worst.url, worst.action) if worst else None


def _to_prepare(found: list[Finding]) -> Next | None:
    if not any(one.rule in ("D3.missing", "D3.changed", "D3.old") for one in found):
        return None
    return Next(_("bring a version of the document to sign-off."), reverse("version-prepare"), _("Prepare a version"))
