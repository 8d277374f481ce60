"""What the database refuses for this app, whoever writes and however (design rules 1–3, 9)."""

from ismsroles.core import guards
from roles.models import Area, Assignment, Authority, AuthorityServes, Person, Responsibility, Role
from roles.states import ASSIGNMENT, ROLE

TRACKED = (Area, Person, Role, Responsibility, Authority, AuthorityServes, Assignment)
WRITTEN_ONCE = [
    "role", "person", "area", "seat", "team", "filled_as", "starts_on", "reason", "conflict_reason", "single_holder", "proposal",
    "proposed_by", "proposed_by_person", "proposed_at", "is_founding", "is_succession",
    "founding_reference", "founding_date", "founding_file",
]  # fmt: skip
DECISION = [
    "decided_by",
    "decided_by_person",
    "decided_for",
    "decided_by_role",
    "decided_at",
    "decision_reason",
    "seen_hash",
    "exception",
]
TABLE = Assignment._meta.db_table

for model in TRACKED:
    guards.append_only(model.history.model)
for model in (Person, Role, Assignment):
    guards.undeletable(model)
guards.legal_moves(Role, {(a, b) for (a, _verb), b in ROLE.moves.items()})
guards.legal_moves(Assignment, {(a, b) for (a, _verb), b in ASSIGNMENT.moves.items() if a != b})
guards.frozen_columns(Assignment, WRITTEN_ONCE)
guards.add(
    guards.Guard(
        f"{TABLE}_decision_frozen",
        TABLE,
        "UPDATE",
        "OLD.state <> 'proposed' AND ("
        + " OR ".join(
            f'OLD."{c}" IS DISTINCT FROM NEW."{c}"'
            for c in (Assignment._meta.get_field(name).column for name in DECISION)
        )
        + ")",
        "a decision cannot be changed",
    )
)
# A leaving cut the term short: it may come back as it was approved, and no longer than that.
_WAS_APPROVED = "OLD.cut_by_leaving AND COALESCE(NEW.ends_on, '9999-12-31') <= COALESCE(OLD.approved_end, '9999-12-31')"
guards.add(
    guards.Guard(
        f"{TABLE}_approved_end_is_kept",
        TABLE,
        "UPDATE",
        "(NEW.cut_by_leaving AND NOT OLD.cut_by_leaving AND NEW.approved_end IS DISTINCT FROM OLD.ends_on) "
        "OR (NEW.cut_by_leaving AND OLD.cut_by_leaving AND NEW.approved_end IS DISTINCT FROM OLD.approved_end) "
        "OR (NOT NEW.cut_by_leaving AND NEW.approved_end IS NOT NULL)",
        "a leaving keeps the end that was approved",
    )
)
guards.add(
    guards.Guard(
        f"{TABLE}_end_is_for_approved",
        TABLE,
        "UPDATE",
        "OLD.ends_on IS DISTINCT FROM NEW.ends_on AND (OLD.state <> 'approved' OR "
        f"((NEW.ends_on IS NULL OR NEW.ends_on > OLD.ends_on) AND NOT ({_WAS_APPROVED})))",
        "only an approved assignment can be ended, and a longer term needs an approval",
    )
)
guards.add(
    guards.Guard(
        f"{TABLE}_founded_by_somebody_else",
        TABLE,
        "INSERT",
        "(NEW.is_founding OR NEW.is_succession) AND NEW.proposed_by_person_id = NEW.person_id",
        "nobody records their own founding appointment",
    )
)
_OVERLAP = f"""NEW.state = 'approved' AND EXISTS (SELECT 1 FROM "{TABLE}" AS other WHERE other.id IS NOT NEW.id
 AND other.state = 'approved' AND other.role_id = NEW.role_id AND COALESCE(other.area_id, 0) = COALESCE(NEW.area_id, 0)
 AND other.starts_on <= COALESCE(NEW.ends_on, '9999-12-31') AND NEW.starts_on <= COALESCE(other.ends_on, '9999-12-31')"""  # noqa: S608  (our own table's name)
guards.add(
    guards.Exclusion(
        "one_primary_holder_at_a_time",
        TABLE,
        "EXCLUDE USING gist (role_id WITH =, COALESCE(area_id, 0) WITH =, daterange(starts_on, ends_on, '[]') WITH &&) "
        "WHERE (state = 'approved' AND seat = 'primary' AND single_holder)",
        _OVERLAP
        + " AND other.seat = 'primary' AND NEW.seat = 'primary' AND other.single_holder AND NEW.single_holder)",
        "this role has another holder in that time",
    )
)
guards.add(
    guards.Exclusion(
        "nobody_sits_twice",
        TABLE,
        "EXCLUDE USING gist (role_id WITH =, COALESCE(area_id, 0) WITH =, person_id WITH =, "
        "daterange(starts_on, ends_on, '[]') WITH &&) WHERE (state = 'approved')",
        _OVERLAP + " AND other.person_id = NEW.person_id)",
        "this person holds or deputises this role in that time already",
    )
)
