"""What the database refuses about meetings: no way around the states, nothing minuted changes, nothing is lost (T3; design rule 9)."""

from ismsroles.core import guards
from ismsroles.records.models import Version
from reviews.meeting_states import ACTION, MEETING
from reviews.models import AgendaItem, Attendance, Decision, ManagersReport, Meeting, TeamAction

MODELS = (Meeting, AgendaItem, Attendance, Decision, TeamAction, ManagersReport)
MEETINGS, VERSIONS = Meeting._meta.db_table, Version._meta.db_table

for model in MODELS:
    guards.append_only(model.history.model)
for model in (Meeting, TeamAction, ManagersReport, AgendaItem):
    guards.undeletable(model)
guards.frozen_columns(Meeting, ["number", "uid"])
guards.frozen_columns(TeamAction, ["meeting", "number", "text", "item"])
guards.legal_moves(Meeting, {(a, b) for (a, _verb), b in MEETING.moves.items() if a != b})
guards.legal_moves(TeamAction, {(a, b) for (a, _verb), b in ACTION.moves.items() if a != b})

_FROZEN = "v.state NOT IN ('rejected', 'recalled')"


def _minuted(row: str, column: str = "meeting_id") -> str:
    """SQL that holds while the minutes of the meeting of this row are frozen."""
    return (
        f'EXISTS (SELECT 1 FROM "{MEETINGS}" AS m JOIN "{VERSIONS}" AS v ON v.id = m.minutes_id '  # noqa: S608  (our own names)
        f"WHERE m.id = {row}.{column} AND {_FROZEN})"
    )


for model in (AgendaItem, Attendance, Decision, ManagersReport):
    table = model._meta.db_table
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        if (model, event) in {(ManagersReport, "DELETE"), (AgendaItem, "DELETE")}:
            continue
        guards.add(
            guards.Guard(
                f"{table}_minuted_{event.lower()}", table, event, _minuted(row), "what was minuted does not change"
            )
        )
_KEPT = [Meeting._meta.get_field(name).column for name in ("starts_at", "lasts", "place", "guests", "state", "minutes")]
_changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in _KEPT)
_own = f'EXISTS (SELECT 1 FROM "{VERSIONS}" AS v WHERE v.id = OLD.minutes_id AND {_FROZEN})'  # noqa: S608  (our own names)
guards.add(
    guards.Guard(
        f"{MEETINGS}_minuted_update", MEETINGS, "UPDATE", f"({_changed}) AND {_own}", "what was minuted does not change"
    )
)
