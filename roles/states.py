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

# "Ended" is no state: it follows from the last day (design rule 4).
ASSIGNMENT = StateTable(
    "assignment",
    {
        ("proposed", "approve"): "approved",
        ("proposed", "reject"): "rejected",
        ("proposed", "withdraw"): "withdrawn",
        ("approved", "end"): "approved",
    },
)

RESTRUCTURE = StateTable("restructure", {("open", "confirm"): "confirmed", ("open", "withdraw"): "withdrawn"})
