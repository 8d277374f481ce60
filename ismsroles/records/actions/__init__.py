"""Freeze, send, sign, reject, recall, publish: what is signed is what was shown and what is downloaded (design rules 2, 9, 10)."""

from ismsroles.records.actions.rendering import keep, publish, render_draft, render_final_bytes, try_again
from ismsroles.records.actions.signing import refuse_to_sign, sign
from ismsroles.records.actions.versions import Signer, freeze, recall, record_download, send

__all__ = [
    "Signer",
    "freeze",
    "keep",
    "publish",
    "recall",
    "record_download",
    "refuse_to_sign",
    "render_draft",
    "render_final_bytes",
    "send",
    "sign",
    "try_again",
]
