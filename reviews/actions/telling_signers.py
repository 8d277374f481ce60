"""Telling those who are to sign: the way to the page, which asks for sign-in and password (rule 14)."""

from collections.abc import Iterable

from django.urls import reverse

from ismsroles.core import events
from ismsroles.core.models import AuditEvent, User
from ismsroles.notices.telling import Reader, end, tell
from ismsroles.records.models import Version

OVER = ["version.completed", "version.rejected", "version.recalled"]


def tell_signers(code: str, version: Version, users: Iterable[User]) -> None:
    """Each of them once for each version."""
    url, words = reverse("version-sign", args=[version.pk]), {"version": version, "preparer": version.frozen_by_name}
    readers = [Reader.of(user) for user in users]
    tell(code, readers, key=str(version.pk), url=url, about=about(version.pk), **words)


def about(version: int | str) -> str:
    """What messages about signing a version are about."""
    return f"sign:{version}"


def _nothing_to_sign(told: list[AuditEvent]) -> None:
    end(*(about(event.subject_id) for event in told))


events.listen(OVER, _nothing_to_sign)
