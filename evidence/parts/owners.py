"""Who answers for assets and risks, in the document (coverage M4, M5, D1). Titles of risks stay in the risk register."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.parts.part import Part
from raci.models import Asset
from raci.queries import acceptances, owning
from raci.queries.owning import Owning

KEY = "owners"
ONE_BY_ONE = 300  # with more of them, the document counts what each owner has


def read(day: date) -> dict[str, Any]:
    """Every asset in use and every open risk with its owner, in a fixed number of queries; nothing where there is neither."""
    assets, risks = owning.assets(day), owning.risks(day)
    if not assets and not risks:
        return {}
    shown = assets if len(assets) <= ONE_BY_ONE else []
    return {
        "assets": [_asset(one) for one in shown],
        "counted": [] if shown else _counted(assets),
        "risks": [_risk(one) for one in risks],
    }


def _asset(one: Owning) -> dict[str, Any]:
    asset = one.thing
    return {
        "id": asset.pk,
        "name": asset.name,
        "kind": asset.kind,
        "area": asset.area.name if asset.area else "",
        "classification": asset.classification,
        "owner": str(asset.owner or ""),
        "people": [person.name for person in one.people] if one.is_answered_for and asset.owner_role_id else [],
        "state": one.state,
        "custodian": str(asset.custodian or ""),
    }


def _counted(assets: list[Owning]) -> list[dict[str, Any]]:
    by_owner = Counter((one.kind, str(one.thing.owner or "")) for one in assets)
    return [{"kind": kind, "owner": owner, "count": count} for (kind, owner), count in sorted(by_owner.items())]


def _risk(one: Owning) -> dict[str, Any]:
    given = acceptances.in_force(one)
    return {
        "id": one.thing.pk,
        "reference": one.thing.reference,
        "level": one.thing.level_name,
        "owner": str(one.thing.owner or ""),
        "people": [person.name for person in one.people] if one.is_answered_for and one.thing.owner_role_id else [],
        "state": one.state,
        "accepted": [
            {"person": row.person.name, "level": row.level_name, "until": row.until.isoformat()} for row in given
        ],
    }


def rows(value: dict[str, Any], snapshot: Any) -> dict[str, Any]:
    """The same in the order in which it is printed: kind by kind."""
    words = {kind: str(capfirst(label)) for kind, label in Asset.KINDS}
    by_kind: dict[str, list[dict]] = {}
    for asset in value.get("assets") or []:
        by_kind.setdefault(asset["kind"], []).append(asset)
    return {
        "owned_assets": [(words.get(kind, kind), by_kind[kind]) for kind in words if kind in by_kind],
        "owned_counted": [row | {"words": words.get(row["kind"], row["kind"])} for row in value.get("counted") or []],
        "owned_risks": value.get("risks") or [],
    }


def changes(was: dict[str, Any] | None, now: dict[str, Any] | None) -> Iterable[dict[str, Any]]:
    """Assets and risks that came, went, or have another owner."""
    if was:
        yield from _differences(was.get("assets") or [], (now or {}).get("assets") or [], "name")
        yield from _differences(was.get("risks") or [], (now or {}).get("risks") or [], "reference")
    elif now:
        counts = {
            "assets": len(now["assets"]) or sum(row["count"] for row in now["counted"]),
            "risks": len(now["risks"]),
        }
        detail = _("%(assets)d assets and %(risks)d risks.") % counts
        yield {"kind": "added", "what": _("Owners of assets and risks"), "role": None, "detail": detail}


def _differences(was: list[dict], now: list[dict], label: str) -> Iterator[dict[str, Any]]:
    before, after = {row["id"]: row for row in was}, {row["id"]: row for row in now}
    for pk, row in after.items():
        if pk not in before:
            yield _changed("added", row[label], _("Owner: %s.") % (row["owner"] or _("nobody")))
        elif before[pk]["owner"] != row["owner"]:
            words = {"was": before[pk]["owner"] or _("nobody"), "now": row["owner"] or _("nobody")}
            yield _changed("changed", row[label], _("Owner: %(was)s → %(now)s.") % words)
    for pk in before.keys() - after.keys():
        yield _changed("removed", before[pk][label], "")


def _changed(kind: str, what: str, detail: str) -> dict[str, Any]:
    return {"kind": kind, "what": what, "role": None, "detail": detail}


PART = Part(
    key=KEY,
    read=read,
    after="profiles",
    title=gettext_lazy("Owners"),
    lead=gettext_lazy("Who answers for information, systems, services and risks."),
    rows=rows,
    changes=changes,
)
