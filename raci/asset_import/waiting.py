"""From the upload of a list of assets to its import: it waits, with its columns and answers, until somebody says go."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history, shown, tabular
from ismsroles.core.access import require
from ismsroles.core.errors import Stale, WrongState
from raci.actions.owners import named
from raci.asset_import.columns import KNOWN, allowed, guess_mapping
from raci.asset_import.plan import Plan, plan
from raci.models import Asset, WaitingFile

IMPORT = "raci.asset.import"


@dataclass(frozen=True)
class Result:
    """What was done."""

    added: int
    changed: int
    refused: int

    @property
    def sentence(self) -> str:
        return _("%(added)d added, %(changed)d changed, %(refused)d refused.") % vars(self)


def table_of(sheet: tabular.Sheet) -> tabular.Table:
    """The list under its headings."""
    return tabular.lay_out(sheet, KNOWN)


def mapping_of(waiting: WaitingFile, table: tabular.Table) -> dict[str, str]:
    """The columns as corrected, or as guessed."""
    return (
        allowed(waiting.reading["mapping"], table.headers)
        if "mapping" in waiting.reading
        else guess_mapping(table.headers)
    )


def correct(waiting: WaitingFile, *, mapping: Mapping[str, str], answers: Mapping[str, str], actor) -> bool:
    """Keep corrected columns and answers about names; whether anything differs."""
    require(actor, IMPORT)
    table = table_of(waiting.sheet)
    kept = {name: answer for name, answer in {**waiting.answers, **answers}.items() if answer}
    now = allowed(mapping, table.headers)
    if now == mapping_of(waiting, table) and kept == waiting.answers:
        return False
    waiting.reading, waiting.answers = {"mapping": now}, kept
    waiting.save(update_fields=["reading", "answers"])
    return True


def preview(waiting: WaitingFile, *, lock: bool = False) -> Plan:
    """What importing this list would do today; raises Invalid when its columns can't be used."""
    table = table_of(waiting.sheet)
    return plan(table, mapping_of(waiting, table), waiting.answers, clock.today(), lock=lock)


def seen(waiting: WaitingFile, planned: Plan, *, actor) -> str:
    """A token that says what this person was shown (rule 2)."""
    content = {"plan": planned.fingerprint, **{kind: str(count) for kind, count in planned.counts.items()}}
    return shown.seal(content, user_id=actor.pk, subject=f"assets {waiting.pk}")


@transaction.atomic
def import_assets(waiting: WaitingFile, *, token: str, actor) -> Result:
    """Import what the token says was shown; anything else is refused as a whole (Stale). Twice has the effect of once."""
    require(actor, IMPORT)
    locked = WaitingFile.objects.select_for_update().filter(pk=waiting.pk).first()
    if locked is None:
        raise WrongState(_("This list was imported already, or thrown away. Nothing was done."))
    content = shown.unseal(token, user_id=actor.pk, subject=f"assets {waiting.pk}")
    planned = preview(locked, lock=True)
    if planned.fingerprint != content["plan"]:
        raise Stale(_("The register has changed since you looked. Nothing was imported; look again."))
    result = write(planned, actor=actor, source=locked.name)
    locked.delete()
    return result


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


def throw_away(waiting: WaitingFile, *, actor) -> None:
    """Forget the list; nothing was changed by it."""
    require(actor, IMPORT)
    waiting.delete()
