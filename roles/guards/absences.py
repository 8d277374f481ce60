"""What the database refuses of absences: who recorded what stays, nobody is away twice at a time (A7)."""

from ismsroles.core import guards
from roles.models import Absence
from roles.states import ABSENCE

TABLE = Absence._meta.db_table

guards.append_only(Absence.history.model)
guards.undeletable(Absence)
guards.legal_moves(Absence, {(a, b) for (a, _verb), b in ABSENCE.moves.items() if a != b})
guards.frozen_columns(Absence, ["person", "starts_on", "recorded_by", "recorded_by_person", "recorded_at"])
guards.add(
    guards.Guard(
        f"{TABLE}_only_shorter",
        TABLE,
        "UPDATE",
        "OLD.ends_on IS NOT NULL AND (NEW.ends_on IS NULL OR NEW.ends_on > OLD.ends_on)",
        "a longer absence is recorded anew",
    )
)
guards.add(
    guards.Exclusion(
        "nobody_is_away_twice_at_a_time",
        TABLE,
        "EXCLUDE USING gist (person_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&) WHERE (state = 'recorded')",
        f"""NEW.state = 'recorded' AND EXISTS (SELECT 1 FROM "{TABLE}" AS other WHERE other.id IS NOT NEW.id
 AND other.state = 'recorded' AND other.person_id = NEW.person_id
 AND other.starts_on <= COALESCE(NEW.ends_on, '9999-12-31') AND NEW.starts_on <= COALESCE(other.ends_on, '9999-12-31'))""",  # noqa: S608
        "this person is away in that time already",
    )
)
