"""The legal moves of meetings of the management review team, and of what it gave people to do."""

from ismsroles.core.states import StateTable

MEETING = StateTable(
    "meeting",
    {
        ("planned", "move"): "planned",
        ("planned", "hold"): "held",
        ("planned", "cancel"): "cancelled",
        ("held", "minute"): "held",
    },
)

ACTION = StateTable(
    "action",
    {("open", "change"): "open", ("open", "finish"): "done", ("open", "drop"): "dropped", ("done", "reopen"): "open"},
)
