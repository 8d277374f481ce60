"""What the database refuses of delegations: what was agreed stays, no responsibility is passed on twice, checks are append-only (A8)."""

from ismsroles.core import guards
from roles.models import DelegatedDuty, Delegation, DelegationCheck
from roles.states import DELEGATION

TABLE, DUTIES = Delegation._meta.db_table, DelegatedDuty._meta.db_table

for model in (Delegation, DelegatedDuty):
    guards.append_only(model.history.model)
    guards.undeletable(model)
guards.append_only(DelegationCheck)
guards.legal_moves(Delegation, {(a, b) for (a, _verb), b in DELEGATION.moves.items() if a != b})
guards.frozen_columns(
    Delegation,
    ["assignment", "role", "holder", "delegate", "starts_on", "every", "unit", "note", "delegated_by", "delegated_at"],
)
guards.frozen_columns(DelegatedDuty, ["delegation", "assignment", "text", "starts_on"])
guards.add(
    guards.Guard(f"{TABLE}_begins", TABLE, "INSERT", "NEW.state <> 'offered'", "a delegation begins as an offer")
)
guards.add(
    guards.Guard(
        f"{TABLE}_answer_frozen",
        TABLE,
        "UPDATE",
        "OLD.state <> 'offered' AND ("
        + " OR ".join(
            f'OLD."{column}" IS DISTINCT FROM NEW."{column}"'
            for column in ("answered_by_id", "answered_by_person_id", "answered_at", "answer_reason", "seen_hash")
        )
        + ")",
        "an answer is given once",
    )
)
for _table in (TABLE, DUTIES):
    guards.add(
        guards.Guard(
            f"{_table}_only_shorter", _table, "UPDATE", "NEW.ends_on > OLD.ends_on", "a longer delegation is a new one"
        )
    )
guards.add(
    guards.Guard(
        f"{DUTIES}_ends_once", DUTIES, "UPDATE", "NEW.lives AND NOT OLD.lives", "what ended does not come back"
    )
)
guards.add(
    guards.Guard(
        f"{DUTIES}_responsibility",
        DUTIES,
        "UPDATE",
        "NEW.responsibility_id IS NOT NULL AND OLD.responsibility_id IS DISTINCT FROM NEW.responsibility_id",
        "what was delegated stays what it was",
    )
)
_SAME = f"""NEW.lives AND EXISTS (SELECT 1 FROM "{DUTIES}" AS other WHERE other.id IS NOT NEW.id AND other.lives
 AND other.assignment_id = NEW.assignment_id AND other.responsibility_id = NEW.responsibility_id
 AND other.starts_on <= NEW.ends_on AND NEW.starts_on <= other.ends_on)"""  # noqa: S608  (our own table's name)
guards.add(
    guards.Exclusion(
        "one_delegate_for_a_responsibility_at_a_time",
        DUTIES,
        "EXCLUDE USING gist (assignment_id WITH =, responsibility_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&) "
        "WHERE (lives)",
        _SAME,
        "this responsibility is delegated to somebody else in that time",
    )
)
