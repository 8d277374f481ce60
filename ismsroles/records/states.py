"""The legal moves of versions and sign-offs."""

from ismsroles.core.states import StateTable

VERSION = StateTable(
    "version",
    {
        ("preparing", "draft_rendered"): "frozen",
        ("preparing", "recall"): "recalled",
        ("frozen", "send"): "sent",
        ("frozen", "recall"): "recalled",
        ("sent", "complete"): "signed",
        ("sent", "reject"): "rejected",
        ("sent", "recall"): "recalled",
        ("signed", "publish"): "published",
        ("published", "supersede"): "superseded",
    },
)

SIGNOFF = StateTable("signoff", {("waiting", "sign"): "signed", ("waiting", "reject"): "rejected"})
