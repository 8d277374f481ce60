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
_LONGER, _NEW = "NEW.ends_on > OLD.ends_on", "a longer delegation is a new one"
# A leaving cut it short: it may come back as it was agreed, and no longer than that; its responsibilities with it.
_WAS_AGREED = "OLD.cut_by_leaving AND NEW.ends_on <= OLD.agreed_end"
_WITH_IT = f'SELECT 1 FROM "{TABLE}" AS whole WHERE whole.id = NEW.delegation_id AND whole.ends_on = NEW.ends_on'  # noqa: S608
guards.add(guards.Guard(f"{TABLE}_only_shorter", TABLE, "UPDATE", f"{_LONGER} AND NOT ({_WAS_AGREED})", _NEW))
guards.add(guards.Guard(f"{DUTIES}_only_shorter", DUTIES, "UPDATE", f"{_LONGER} AND NOT EXISTS ({_WITH_IT})", _NEW))
guards.add(
    guards.Guard(
        f"{TABLE}_agreed_end_is_kept",
        TABLE,
        "UPDATE",
        "(NEW.cut_by_leaving AND NOT OLD.cut_by_leaving AND NEW.agreed_end IS DISTINCT FROM OLD.ends_on) "
        "OR (NEW.cut_by_leaving AND OLD.cut_by_leaving AND NEW.agreed_end IS DISTINCT FROM OLD.agreed_end) "
        "OR (NOT NEW.cut_by_leaving AND NEW.agreed_end IS NOT NULL)",
        "a leaving keeps the end that was agreed",
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
