"""What the database refuses for records: signed things are append-only (design rules 9 and 10)."""

from ismsroles.core import guards
from ismsroles.records.models import Artefact, SealKey, SignOff, Version
from ismsroles.records.states import SIGNOFF, VERSION

guards.append_only(Artefact)
guards.append_only(SealKey)
guards.undeletable(Version)
guards.undeletable(SignOff)
guards.legal_moves(Version, {(a, b) for (a, _verb), b in VERSION.moves.items()})
guards.legal_moves(SignOff, {(a, b) for (a, _verb), b in SIGNOFF.moves.items()})
guards.frozen_columns(
    Version,
    [
        "kind",
        "series",
        "number",
        "title",
        "summary",
        "snapshot",
        "frozen_at",
        "frozen_by",
        "frozen_by_name",
        "frozen_by_key",
    ],
)


def _begins(model, state: str) -> None:
    """Rows come in at the beginning: nobody writes a version in force, or a signature, straight into the table."""
    table = model._meta.db_table
    message = f"a row of {table} begins as {state}"
    guards.add(guards.Guard(f"{table}_begins", table, "INSERT", f"NEW.state <> '{state}'", message))


def _once(model, name: str, empty: str) -> None:
    """The column is written once; `empty` is SQL that holds while it may still be written."""
    table, column = model._meta.db_table, model._meta.get_field(name).column
    when = f'NOT ({empty.format(column)}) AND OLD."{column}" IS DISTINCT FROM NEW."{column}"'
    guards.add(guards.Guard(f"{table}_{name}_once", table, "UPDATE", when, f"{name} in {table} is written once"))


_begins(Version, "preparing")
_begins(SignOff, "waiting")
for _name in ("draft", "signoffs_record", "final", "sealed_with", "sent_at", "published_at"):
    _once(Version, _name, 'OLD."{}" IS NULL')
for _name in ("log_head", "closed_reason"):
    _once(Version, _name, "OLD.\"{}\" = ''")
for _name in ("version", "order", "user", "person_key", "preparer_key", "meaning"):
    _once(SignOff, _name, "1 = 0")  # who signs, and as what, is settled when it is sent
guards.frozen_columns(
    SignOff,
    ["name", "role", "statement", "at", "zone", "method", "snapshot_sha256", "draft_sha256", "reason"],
    unless="OLD.state = 'waiting'",
)

# How many approve, and in which order, is settled when it is sent: signers signed under that rule.
_table = Version._meta.db_table
guards.add(
    guards.Guard(
        f"{_table}_rule_settled",
        _table,
        "UPDATE",
        "OLD.state <> 'frozen' AND (OLD.needed <> NEW.needed OR OLD.in_turn <> NEW.in_turn)",
        "the rule of sign-off is settled when a version is sent",
    )
)
