"""What the database refuses about exceptions and about successors named by the board (design rule 1)."""

from ismsroles.core import guards
from roles.models import ApproverException, Assignment, Person, Role

TABLE, ASSIGNMENTS = ApproverException._meta.db_table, Assignment._meta.db_table
WRITTEN_ONCE = [
    "approver", "reason", "control", "board_date", "board_reference", "starts_on", "ends_on",
    "recorded_by", "recorded_by_person", "recorded_at",
]  # fmt: skip
_ENDS = ["ended_at", "ended_by", "end_reason"]
_ended = " OR ".join(
    f'OLD."{c}" IS DISTINCT FROM NEW."{c}"' for c in (ApproverException._meta.get_field(n).column for n in _ENDS)
)

guards.append_only(ApproverException.history.model)
guards.undeletable(ApproverException)
guards.frozen_columns(ApproverException, WRITTEN_ONCE)
guards.add(
    guards.Guard(
        f"{TABLE}_ended_once", TABLE, "UPDATE", f"OLD.ended_at IS NOT NULL AND ({_ended})", "an exception ends once"
    )
)
for database, longer in (
    ("postgresql", "NEW.ends_on - NEW.starts_on > 366"),
    ("sqlite", "julianday(NEW.ends_on) - julianday(NEW.starts_on) > 366"),
):
    guards.add(
        guards.Guard(
            f"{TABLE}_twelve_months_{database}", TABLE, "INSERT", longer, "an exception lasts twelve months at most",
            only=database,
        )
    )  # fmt: skip
guards.add(
    guards.Exclusion(
        "one_exception_at_a_time",
        TABLE,
        "EXCLUDE USING gist (daterange(starts_on, ends_on, '[]') WITH &&) WHERE (ended_at IS NULL)",
        f"""NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM "{TABLE}" AS other WHERE other.id IS NOT NEW.id
 AND other.ended_at IS NULL AND other.starts_on <= NEW.ends_on AND NEW.starts_on <= other.ends_on)""",  # noqa: S608  (our own table's name)
        "there is an exception in that time already",
    )
)

# A decision names an exception only where that exception covers it: the approver's own, in force, and never about the approver.
_FOREIGN = f"""NOT EXISTS (SELECT 1 FROM "{TABLE}" AS exc WHERE exc.id = NEW.exception_id AND exc.ended_at IS NULL
 AND exc.approver_id = NEW.decided_by_person_id AND exc.approver_id <> NEW.person_id)"""  # noqa: S608  (our own table's name)
_BEFORE = "NEW.exception_id IS NOT NULL AND (NEW.state NOT IN ('approved', 'rejected') OR "
guards.add(
    guards.Guard(
        f"{ASSIGNMENTS}_exception_fits_new", ASSIGNMENTS, "INSERT", f"{_BEFORE}{_FOREIGN})",
        "this exception does not cover this decision",
    )
)  # fmt: skip
guards.add(
    guards.Guard(
        f"{ASSIGNMENTS}_exception_fits", ASSIGNMENTS, "UPDATE",
        f"OLD.exception_id IS DISTINCT FROM NEW.exception_id AND {_BEFORE}{_FOREIGN})",
        "this exception does not cover this decision",
    )
)  # fmt: skip

# The board names a successor only while nobody approves, nor will.
_IN_OFFICE = f"""EXISTS (SELECT 1 FROM "{ASSIGNMENTS}" AS other JOIN "{Role._meta.db_table}" AS role ON role.id = other.role_id
 JOIN "{Person._meta.db_table}" AS person ON person.id = other.person_id
 WHERE other.state = 'approved' AND other.seat = 'primary' AND (role.persona = 'top_management' OR other.is_founding OR other.is_succession)
 AND (other.ends_on IS NULL OR other.ends_on >= NEW.starts_on) AND (person.last_day IS NULL OR person.last_day >= NEW.starts_on))"""  # noqa: S608  (our own tables' names)
guards.add(
    guards.Guard(
        f"{ASSIGNMENTS}_succession_into_nothing", ASSIGNMENTS, "INSERT", f"NEW.is_succession AND {_IN_OFFICE}",
        "an approver is in office: only they can approve the next",
    )
)  # fmt: skip
