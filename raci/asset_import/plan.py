"""What taking a list of assets in would do, row by row: new, changed, the same, refused; and which owners nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ismsroles.core.errors import Invalid
from ismsroles.core.names import search_key
from ismsroles.core.shown import fingerprint
from ismsroles.core.tabular import Row, Table, key
from raci.asset_import.columns import KIND_OF, LABELS
from raci.asset_import.parties import Parties
from raci.models import Asset
from roles.models import Area

WORDS = {"new": _lazy("New"), "changed": _lazy("Changed"), "refused": _lazy("Refused"), "same": _lazy("Same as before")}
KINDS = tuple(WORDS)
PLAIN = ("external_id", "name", "classification", "link", "note")


@dataclass
class PlannedRow:
    """One row of the list and what becomes of it."""

    number: int
    asset: Asset
    kind: str = "new"
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.asset.name


@dataclass
class Plan:
    """All rows, and the names that are asked about."""

    rows: list[PlannedRow] = field(default_factory=list)
    unknown: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # name → (answer, label) to choose from
    absent: list[str] = field(default_factory=list)

    def of_kind(self, *kinds: str) -> list[PlannedRow]:
        return [row for row in self.rows if row.kind in kinds]

    @property
    def counts(self) -> dict[str, int]:
        return {kind: len(self.of_kind(kind)) for kind in KINDS}

    @property
    def fingerprint(self) -> str:
        """The same whenever the same would be done."""
        rows = [[row.number, row.kind, row.asset.pk, row.changes] for row in self.rows if row.kind != "same"]
        return fingerprint([rows, sorted(self.unknown)])


def plan(
    table: Table, mapping: Mapping[str, str], answers: Mapping[str, str], day: date, *, lock: bool = False
) -> Plan:
    """Compare a list with the register; raises Invalid when no column holds the name. A fixed number of questions."""
    if "name" not in mapping:
        raise Invalid(_("No column is chosen for the name. Choose it above."))
    reader = _Reader(table, mapping, Parties(day, dict(answers)).read(), lock)
    for row in table.rows:
        reader.take(row)
    return reader.finished()


class _Reader:
    """Reads row after row beside what the register has."""

    def __init__(self, table: Table, mapping: Mapping[str, str], parties: Parties, lock: bool) -> None:
        self.place = {field: table.headers.index(header) for field, header in mapping.items()}
        self.parties, self.plan = parties, Plan()
        self.areas = {key(area.name): area for area in Area.objects.all()}
        rows = Asset.objects.kept().select_related(
            "area", "owner_role", "owner_person", "custodian_role", "custodian_person"
        )
        kept = list(rows.select_for_update(of=("self",)) if lock else rows)
        self.by_number = {asset.external_id: asset for asset in kept if asset.external_id}
        self.by_name: dict[str, list[Asset]] = {}
        for asset in kept:
            self.by_name.setdefault(asset.name_key, []).append(asset)
        self.seen: dict[Any, int] = {}
        self.kept = kept

    def take(self, row: Row) -> None:
        said = {field: row.cells[column] for field, column in self.place.items()}
        values, problems, unknown = self._values(said)
        problems = [fault.sentence for fault in row.faults] + problems
        asset = self._meant(said, values.get("kind", ""))
        planned = PlannedRow(row.number, asset or Asset(name=said["name"]), unknown=unknown)
        planned.kind = "changed" if asset else "new"
        for name, value in values.items():
            self._set(planned, name, value)
        self._judge(planned, problems)
        self.plan.rows.append(planned)

    def _meant(self, said: Mapping[str, str], kind: str) -> Asset | None:
        """By number; else by name and kind; else by a name that one alone has."""
        if (number := said.get("external_id", "")) in self.by_number:
            return self.by_number[number]
        same = self.by_name.get(search_key(said["name"]), [])
        of_kind = [asset for asset in same if asset.kind == kind] if kind else same
        free = [asset for asset in of_kind if not (number and asset.external_id)]
        return free[0] if len(free) == 1 else None

    def _values(self, said: Mapping[str, str]) -> tuple[dict[str, Any], list[str], list[str]]:
        """What the filled cells say; an empty one says nothing."""
        values: dict[str, Any] = {name: said[name] for name in PLAIN if said.get(name)}
        problems, unknown = [], []
        if text := said.get("kind", ""):
            values["kind"] = KIND_OF.get(key(text), "")
            if not values["kind"]:
                problems.append(
                    _("“%(kind)s” is no kind of asset. Write one of: %(kinds)s.")
                    % {"kind": text[:60], "kinds": _kinds()}
                )
        if text := said.get("area", ""):
            values["area"] = self.areas.get(key(text))
            if values["area"] is None:
                problems.append(
                    _("There is no area “%(area)s”. Add it first, or leave the cell empty.") % {"area": text[:60]}
                )
        for party in ("owner", "custodian"):
            self._party(party, said, values, problems, unknown)
        return values, problems, unknown

    def _party(
        self, party: str, said: Mapping[str, str], values: dict, problems: list[str], unknown: list[str]
    ) -> None:
        asked = {name: said[name] for name in (f"{party}_role", f"{party}_person", party) if said.get(name)}
        if len(asked) > 1 and len(set(asked.values())) > 1:
            problems.append(_("Two are named as %(party)s. Keep one.") % {"party": LABELS[party]})
            return
        for name, text in asked.items():
            kinds = {f"{party}_role": ("role",), f"{party}_person": ("person",)}.get(name, ("role", "person"))
            found = self.parties.meant(text, kinds)
            if found is None:
                unknown.append(text)
                continue
            kind, pk = found
            other = "person" if kind == "role" else "role"
            values[f"{party}_{kind}_id"], values[f"{party}_{other}_id"] = pk, None

    def _set(self, planned: PlannedRow, name: str, value: Any) -> None:
        asset, column = planned.asset, name.removesuffix("_id") if name != "external_id" else name
        was = getattr(asset, name)
        if was == value or (not was and not value):
            return
        before = self._shown(asset, column, was)
        setattr(asset, name, value)
        planned.fields.add(column)
        label = str(LABELS.get(column, column))
        planned.changes.append((label, before, self._shown(asset, column, value)))

    def _shown(self, asset: Asset, column: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if column.endswith(("_role", "_person")):
            return self.parties.labels.get((column.partition("_")[2], value)) or str(getattr(asset, column) or "")
        return str(capfirst(dict(Asset.KINDS).get(value, ""))) if column == "kind" else str(value)

    def _judge(self, planned: PlannedRow, problems: list[str]) -> None:
        asset = planned.asset
        asset.derive_keys()
        problems += self._twice(planned)
        try:
            asset.clean_fields(exclude=["area", "owner_role", "owner_person", "custodian_role", "custodian_person"])
        except ValidationError as error:
            problems += [f"{LABELS.get(name, name)}: {' '.join(said)}" for name, said in error.message_dict.items()]
        planned.problems = list(dict.fromkeys(problems))
        if problems:
            planned.kind = "refused"
        elif planned.kind == "changed" and not planned.changes:
            planned.kind = "same"

    def _twice(self, planned: PlannedRow) -> list[str]:
        """Two rows about one asset: the second is refused, with the number of the first."""
        asset = planned.asset
        marks = [("name", asset.name_key, asset.kind)] + ([("number", asset.external_id)] if asset.external_id else [])
        found = next((self.seen[mark] for mark in marks if mark in self.seen), None)
        if found is None and planned.kind == "new" and self._is_taken(asset):
            return [_("The register has one of this name and kind with another number. Mend the number or the name.")]
        self.seen |= dict.fromkeys(marks, planned.number)
        return [_("Row %(row)d is about the same asset. Keep one of the two.") % {"row": found}] if found else []

    def _is_taken(self, asset: Asset) -> bool:
        return any(other.kind == asset.kind for other in self.by_name.get(asset.name_key, []))

    def finished(self) -> Plan:
        found = self.plan
        for row in found.rows:
            for name in row.unknown:
                found.unknown.setdefault(name, [])
        for name in found.unknown:
            near = self.parties.close(name)
            found.unknown[name] = [(f"{kind}:{pk}", self.parties.labels[kind, pk]) for kind, pk in near]
        named = {row.asset.pk for row in found.rows}
        found.absent = [asset.name for asset in self.kept if asset.pk not in named]
        return found


def _kinds() -> str:
    return ", ".join(str(words) for _kind, words in Asset.KINDS)
