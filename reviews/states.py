"""What may happen to a review, to an audit of roles and to what follows from them: the legal moves."""

from ismsroles.core.states import StateTable

REVIEW = StateTable(
    "review",
    {
        ("open", "start"): "in_progress",
        ("open", "finish"): "done",
        ("in_progress", "finish"): "done",
        ("open", "supersede"): "superseded",
        ("in_progress", "supersede"): "superseded",
        ("open", "hand_over"): "open",
        ("in_progress", "hand_over"): "in_progress",
        ("open", "comment"): "open",
        ("in_progress", "comment"): "in_progress",
    },
)
FOLLOW_UP = StateTable(
    "follow-up", {("open", "propose"): "proposed", ("open", "close"): "done", ("proposed", "close"): "done"}
)
AUDIT = StateTable(
    "audit of roles",
    {
        ("planned", "answer"): "in_progress",
        ("in_progress", "answer"): "in_progress",
        ("in_progress", "close"): "done",
        ("planned", "cancel"): "cancelled",
        ("in_progress", "cancel"): "cancelled",
    },
)
CORRECTIVE = StateTable(
    "corrective action", {("open", "finish"): "done", ("done", "verify"): "verified", ("done", "reopen"): "open"}
)
