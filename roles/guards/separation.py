"""What the database refuses about duties, rules of separation and exceptions from them (design rules 1, 8, 9)."""

from ismsroles.core import guards
from roles.models import DutyTag, ResponsibilityDuty, SeparationException, SeparationRule
from roles.states import EXCEPTION, RULE

TABLE = SeparationException._meta.db_table
DECISION = ["decided_by", "decided_by_person", "decided_by_role", "decided_at", "decision_reason", "seen_hash"]

for model in (DutyTag, ResponsibilityDuty, SeparationRule, SeparationException):
    guards.append_only(model.history.model)
for model in (SeparationRule, SeparationException):
    guards.undeletable(model)
guards.frozen_columns(SeparationRule, ["role_a", "role_b", "tag_a", "tag_b", "starter_key"])
guards.legal_moves(SeparationRule, {(a, b) for (a, _verb), b in RULE.moves.items()})
guards.legal_moves(SeparationException, {(a, b) for (a, _verb), b in EXCEPTION.moves.items()})
guards.frozen_columns(
    SeparationException,
    ["rule", "person", "control", "reason", "starts_on", "proposed_by", "proposed_by_person", "proposed_at"],
)
guards.add(
    guards.Guard(
        f"{TABLE}_decision_frozen",
        TABLE,
        "UPDATE",
        "OLD.state <> 'requested' AND ("
        + " OR ".join(
            f'OLD."{c}" IS DISTINCT FROM NEW."{c}"'
            for c in (SeparationException._meta.get_field(name).column for name in DECISION)
        )
        + ")",
        "a decision cannot be changed",
    )
)
guards.add(
    guards.Guard(
        f"{TABLE}_only_shortened",
        TABLE,
        "UPDATE",
        "OLD.ends_on <> NEW.ends_on AND (OLD.state <> 'approved' OR NEW.state <> 'ended' OR NEW.ends_on > OLD.ends_on)",
        "an exception can be ended, never prolonged",
    )
)
_LONGEST = {"sqlite": "date(NEW.starts_on, '+12 months')", "postgresql": "NEW.starts_on + interval '12 months'"}
for vendor, longest in _LONGEST.items():
    guards.add(
        guards.Guard(
            f"{TABLE}_twelve_months_{vendor}",
            TABLE,
            "INSERT",
            f"NEW.ends_on > {longest}",
            "an exception lasts twelve months at most",
            only=vendor,
        )
    )
guards.add(
    guards.Guard(
        f"{TABLE}_begins_requested",
        TABLE,
        "INSERT",
        "NEW.state <> 'requested'",
        "an exception begins as a request",
    )
)
