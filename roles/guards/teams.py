"""What the database refuses of teams: who joined when stays, nobody belongs twice at a time, one lead at a time (A2)."""

from ismsroles.core import guards
from roles.models import Team, TeamMember
from roles.states import KEPT, MEMBERSHIP

TABLE = TeamMember._meta.db_table
_OVERLAP = f"""NEW.state = 'recorded' AND EXISTS (SELECT 1 FROM "{TABLE}" AS other WHERE other.id IS NOT NEW.id
 AND other.state = 'recorded' AND other.team_id = NEW.team_id AND other.starts_on <= COALESCE(NEW.ends_on, '9999-12-31')
 AND NEW.starts_on <= COALESCE(other.ends_on, '9999-12-31')"""  # noqa: S608  (our own table's name)

for model, moves in ((Team, KEPT.moves), (TeamMember, MEMBERSHIP.moves)):
    guards.append_only(model.history.model)
    guards.undeletable(model)
    guards.legal_moves(model, {(a, b) for (a, _verb), b in moves.items() if a != b})
guards.frozen_columns(TeamMember, ["team", "person", "is_lead", "starts_on", "added_by", "added_at"])
guards.add(
    guards.Guard(
        f"{TABLE}_only_shorter",
        TABLE,
        "UPDATE",
        "OLD.ends_on IS NOT NULL AND (NEW.ends_on IS NULL OR NEW.ends_on > OLD.ends_on) AND NOT (OLD.cut_by_leaving "
        "AND COALESCE(NEW.ends_on, '9999-12-31') <= COALESCE(OLD.agreed_end, '9999-12-31'))",
        "who stays longer in a team joins it anew",
    )
)
guards.add(
    guards.Exclusion(
        "nobody_belongs_twice_to_a_team",
        TABLE,
        "EXCLUDE USING gist (team_id WITH =, person_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&) "
        "WHERE (state = 'recorded')",
        _OVERLAP + " AND other.person_id = NEW.person_id)",
        "this person belongs to the team in that time already",
    )
)
guards.add(
    guards.Exclusion(
        "one_lead_of_a_team_at_a_time",
        TABLE,
        "EXCLUDE USING gist (team_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&) "
        "WHERE (state = 'recorded' AND is_lead)",
        _OVERLAP + " AND other.is_lead AND NEW.is_lead)",
        "this team has another lead in that time",
    )
)
