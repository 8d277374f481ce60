"""What may happen to a training action and to a performance gap."""

from ismsroles.core.states import StateTable

TRAINING = StateTable(
    "training action",
    {
        ("planned", "change"): "planned",
        ("planned", "finish"): "done",
        ("planned", "cancel"): "cancelled",
        ("done", "confirm"): "effective",
        ("done", "doubt"): "ineffective",
    },
)
PERFORMANCE = StateTable("performance gap", {("open", "change"): "open", ("open", "close"): "closed"})
