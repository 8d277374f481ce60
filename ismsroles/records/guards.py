"""What the database refuses for records: signed things are append-only (design rules 9 and 10)."""

from ismsroles.core import guards
from ismsroles.records.models import Artefact, SignOff, Version
from ismsroles.records.states import SIGNOFF, VERSION

guards.append_only(Artefact)
guards.undeletable(Version)
guards.undeletable(SignOff)
guards.legal_moves(Version, {(a, b) for (a, _verb), b in VERSION.moves.items()})
guards.legal_moves(SignOff, {(a, b) for (a, _verb), b in SIGNOFF.moves.items()})
guards.frozen_columns(
    Version, ["kind", "number", "title", "summary", "snapshot", "frozen_at", "frozen_by", "frozen_by_name"]
)
for name in ("draft", "signoffs_record", "final", "published_at"):
    column = Version._meta.get_field(name).column
    guards.add(
        guards.Guard(
            f"records_version_{name}_once",
            Version._meta.db_table,
            "UPDATE",
            f'OLD."{column}" IS NOT NULL AND OLD."{column}" IS DISTINCT FROM NEW."{column}"',
            f"the {name} of a version is written once",
        )
    )
_SIGNED = ["version", "order", "user", "person_key", "name", "role", "meaning", "statement", "at", "zone", "method"]
guards.frozen_columns(SignOff, [*_SIGNED, "snapshot_sha256", "draft_sha256", "reason"], unless="OLD.state = 'waiting'")
