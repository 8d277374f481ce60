"""The legal moves of roles, assignments and restructures."""

from ismsroles.core.states import StateTable

ROLE = StateTable(
    "role",
    {
        ("draft", "activate"): "active",
        ("active", "retire"): "retired",
        ("draft", "retire"): "retired",
        ("retired", "bring_back"): "draft",
    },
)

EXCEPTION = StateTable(
    "exception",
    {
        ("requested", "approve"): "approved",
        ("requested", "reject"): "rejected",
        ("requested", "withdraw"): "withdrawn",
        ("approved", "end"): "ended",
    },
)

RULE = StateTable("rule of separation", {("in_force", "retire"): "retired", ("retired", "bring_back"): "in_force"})

# "Ended" is no state: it follows from the last day (design rule 4).
ASSIGNMENT = StateTable(
    "assignment",
    {
        ("proposed", "approve"): "approved",
        ("proposed", "reject"): "rejected",
        ("proposed", "withdraw"): "withdrawn",
        ("approved", "end"): "approved",
        ("approved", "decline"): "declined",
    },
)

# What had begun by then stays approved and ends; only what never began becomes a declined assignment (decision 11).
LETTER = StateTable(
    "letter",
    {("appointed", "accept"): "accepted", ("appointed", "decline"): "declined", ("appointed", "record"): "accepted"},
)

DELEGATION = StateTable(
    "delegation",
    {
        ("offered", "accept"): "accepted",
        ("offered", "decline"): "declined",
        ("offered", "withdraw"): "withdrawn",
        ("accepted", "withdraw"): "withdrawn",  # before its first day
        ("offered", "end"): "offered",
        ("accepted", "end"): "accepted",
        ("accepted", "check"): "accepted",
    },
)

RESTRUCTURE = StateTable("restructure", {("open", "confirm"): "confirmed", ("open", "withdraw"): "withdrawn"})

# What had begun stays as it was and ends; what never began is taken back.
MEMBERSHIP = StateTable("membership", {("recorded", "end"): "recorded", ("recorded", "take_back"): "taken_back"})

ABSENCE = StateTable("absence", {("recorded", "end"): "recorded", ("recorded", "take_back"): "taken_back"})

# Levels, processes, policies and questions.
KEPT = StateTable("entry", {("active", "retire"): "retired", ("retired", "bring_back"): "active"})
