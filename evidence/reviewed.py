"""The Roles and Responsibilities document as one reviewable thing, from its first version in force on (V1; D3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import F, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.earlier import KIND, last_signed
from ismsroles.records.models import Version
from reviews.reviewable import Kind, Line, register


def _document(day: date) -> QuerySet[Version]:
    signed = Version.objects.filter(kind=KIND, state__in=["published", "superseded"])
    first = signed.aggregate(pk=Min("pk"))["pk"]
    return Version.objects.filter(pk=first).annotate(since=F("published_at"))


def document_lines(row: Version, day: date) -> Iterator[Line]:
    """What the version in force says about itself, and each role that stands in it."""
    signed: dict[str, Any] = last_signed() or {}
    control, change = signed.get("document", {}), reverse("document")
    labels = {
        "version": _("Version"), "classification": _("Classification"), "owner": _("Owner"), "distribution": _("Distribution"),
        "policy": _("Information security policy"), "summary": _("What it brings"),
    }  # fmt: skip
    for name, label in labels.items():
        yield Line(name, _("Document control"), f"{label}: {control.get(name) or '–'}", change_url=change)
    for role in signed.get("roles", []):
        holders = ", ".join(seat["name"] for seat in role["holders"]) or _("nobody")
        yield Line(
            f"role-{role['id']}",
            _("Roles in it"),
            role["title"],
            (holders,),
            change_url=reverse("role", args=[role["id"]]),
        )


DOCUMENT = register(
    Kind(
        "document",
        gettext_lazy("Roles and Responsibilities document"),
        gettext_lazy("document"),
        _document,
        document_lines,
        named=lambda row: str(row.title),
        url=lambda row: reverse("document"),
        label_of="records.version",
    )
)
