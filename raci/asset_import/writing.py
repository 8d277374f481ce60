"""Doing what a plan of assets said: all of it in one transaction."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ismsroles.core import events, history
from raci.actions.owners import named
from raci.asset_import.plan import Plan
from raci.models import Asset


@dataclass(frozen=True)
class Result:
    """What was done."""

    added: int
    changed: int
    refused: int

    @property
    def sentence(self) -> str:
        return _("%(added)d added, %(changed)d changed, %(refused)d refused.") % vars(self)


def write(planned: Plan, *, actor, source: str) -> Result:
    """All that is new or changed, in a number of statements that does not grow with the list. `actor` None is the command line."""
    reason = _("Imported from %s") % source
    new = [row.asset for row in planned.of_kind("new")]
    changed = planned.of_kind("changed")
    fields = sorted({"name_key", *(name for row in changed for name in row.fields)})
    if new:
        new = history.bulk_create(new, Asset, actor=actor, reason=reason)
    if changed:
        history.bulk_update([row.asset for row in changed], Asset, fields, actor=actor, reason=reason)
    made = Asset.objects.select_related("owner_role", "owner_person").in_bulk([asset.pk for asset in new])
    told = [
        events.prepare("asset.added", actor=actor, subject=a, reason=reason, owner=named(a.owner))
        for a in made.values()
    ]
    told += [
        events.prepare("asset.changed", actor=actor, subject=row.asset, reason=reason, what=_said(row.changes))
        for row in changed
    ]
    result = Result(len(new), len(changed), planned.counts["refused"])
    events.record_many(
        [*told, events.prepare("assets.imported", actor=actor, subject=None, file=source, **vars(result))]
    )
    return result


def _said(changes: list[tuple[str, str, str]]) -> str:
    return "; ".join(f"{label}: {was or '–'} → {now or '–'}" for label, was, now in changes)
