"""What the database refuses for this app: who could look at everything, and what auditors asked, is evidence (design rule 9)."""

from evidence.models import Engagement, Pack, Remark
from ismsroles.core import guards

guards.append_only(Engagement.history.model)
guards.undeletable(Engagement)
guards.undeletable(Remark)
guards.undeletable(Pack)
guards.frozen_columns(Pack, ["engagement", "asked_by", "asked_by_name", "asked_at"])
guards.frozen_columns(Remark, ["engagement", "item", "kind", "text", "by", "by_name", "at"])
guards.add(
    guards.Guard(
        "evidence_remark_answered_once",
        "evidence_remark",
        "UPDATE",
        """OLD.answer <> '' AND (OLD.answer IS DISTINCT FROM NEW.answer OR OLD.answered_by_id IS DISTINCT FROM NEW.answered_by_id)""",
        "a request is answered once",
    )
)
