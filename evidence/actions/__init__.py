"""What is done with evidence, one file a subject."""

from evidence.actions.engagements import change, end, end_auditor, name_auditor, open_engagement
from evidence.actions.versions import next_number, prepare_version, send_version

__all__ = [
    "change",
    "end",
    "end_auditor",
    "name_auditor",
    "next_number",
    "open_engagement",
    "prepare_version",
    "send_version",
]
