"""Owners of assets and risks as reviewable things (V1; M4, M5)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci.models import Asset, Risk
from raci.models.risks import level_words
from reviews.reviewable import Kind, Line, People, register
from reviews.subjects.common import first_written, holders


def _assets(day: date) -> QuerySet[Asset]:
    return Asset.objects.kept().annotate(since=first_written(Asset))


def _risks(day: date) -> QuerySet[Risk]:
    return Risk.objects.standing().annotate(since=first_written(Risk))


def _owners(rows: Sequence[Any], day: date) -> People:
    """The person who owns it, or whoever holds the owning role."""
    held = holders([row.owner_role_id for row in rows], day)
    return {row.pk: [row.owner_person_id] if row.owner_person_id else held.get(row.owner_role_id, []) for row in rows}


def asset_lines(asset: Asset, day: date) -> Iterator[Line]:
    """Who answers for it, who looks after it, and how it is classified."""
    change = asset.get_absolute_url()
    yield Line(
        "owner", _("Owner"), _named(asset.owner, _("Nobody answers for it.")), _held(asset, day), change_url=change
    )
    if asset.custodian:
        yield Line("custodian", _("Custodian"), str(asset.custodian), change_url=change)
    facts = tuple(fact for fact in (asset.classification, str(asset.area or "")) if fact)
    yield Line("asset", _("What it is"), f"{asset.name}, {asset.get_kind_display()}", facts, change_url=change)


def risk_lines(risk: Risk, day: date) -> Iterator[Line]:
    """Who answers for it, and how high what remains is."""
    change = risk.get_absolute_url()
    yield Line(
        "owner", _("Owner"), _named(risk.owner, _("Nobody answers for it.")), _held(risk, day), change_url=change
    )
    yield Line("risk", _("What it is"), str(risk), (level_words(risk.level),), change_url=change)


def _named(owner: object | None, nobody: str) -> str:
    return str(owner) if owner else nobody


def _held(row: Any, day: date) -> tuple[str, ...]:
    if row.owner_role_id is None:
        return ()
    seats = row.owner_role.assignments.current(day).filter(seat="primary").select_related("person")
    names = [str(seat.person) for seat in seats.order_by("person__name_key")]
    return (_("held by %(names)s") % {"names": ", ".join(names)},) if names else (_("nobody holds this role today"),)


def _kind(key: str, label: Any, one: Any, standing: Any, lines: Any, label_of: str) -> Kind:
    return register(Kind(key, label, one, standing, lines, concerned=_owners, asked=_owners, label_of=label_of))


ASSET = _kind(
    "asset", gettext_lazy("Owners of assets"), gettext_lazy("owner of an asset"), _assets, asset_lines, "raci.asset"
)
RISK = _kind("risk", gettext_lazy("Owners of risks"), gettext_lazy("owner of a risk"), _risks, risk_lines, "raci.risk")
