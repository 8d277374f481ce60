"""What earlier versions said: the last signed snapshot, the history of versions, approvers' logins since (D2, D3)."""

import json
from datetime import datetime
from typing import Any

from ismsroles.core import clock, scope
from ismsroles.core.models import AuditEvent
from ismsroles.records.models import Version
from roles.findings.register import APPROVER_LOGIN

KIND = "roles-document"


def in_force() -> Version | None:
    """The version that is signed and in force, with its snapshot."""
    found = Version.objects.filter(kind=KIND, state="published").select_related("snapshot")
    return scope.remember("version in force", found.first)


def last_signed() -> dict[str, Any] | None:
    """The content of the version in force, which is always the last signed one."""
    version = in_force()
    return json.loads(bytes(version.snapshot.content)) if version else None


def history(kind: str) -> list[dict[str, str]]:
    """Earlier published versions, newest first, for document control."""
    signed = Version.objects.filter(kind=kind, state__in=["published", "superseded"]).prefetch_related("signoffs")
    return [
        {
            "version": version.number,
            "published_on": version.published_at.astimezone(clock.zone()).date().isoformat(),
            "prepared_by": version.frozen_by_name,
            "approved_by": ", ".join(s.name for s in version.signoffs.all() if s.meaning == "approved"),
            "summary": version.summary,
        }
        for version in signed.order_by("-published_at")
    ]


def new_logins(last: dict[str, Any] | None) -> list[dict[str, str]]:
    """Approvers' logins made or linked since the last signed version: a line each (design §5)."""
    events = AuditEvent.objects.filter(code__in=APPROVER_LOGIN).order_by("pk")
    if last is not None:
        events = events.filter(at__gt=datetime.fromisoformat(last["document"]["frozen_at"]))
    return [{"text": f"{event.at.astimezone(clock.zone()):%Y-%m-%d}: {event.sentence}"} for event in events]
