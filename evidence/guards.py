"""What the database refuses for this app: who could look at everything, and what auditors asked, is evidence (design rule 9)."""

from evidence.models import Engagement, Remark
from ismsroles.core import guards

guards.append_only(Engagement.history.model)
guards.undeletable(Engagement)
guards.undeletable(Remark)
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
