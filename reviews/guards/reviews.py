"""What the database refuses about reviews: no review vanishes or changes what it is about; what was found stays as written."""

from ismsroles.core import guards
from reviews.models import Anomaly, Covered, DeclaredChange, Earlier, FollowUp, Record, Remark, Review, Setting, Trigger
from reviews.states import FOLLOW_UP, REVIEW

guards.undeletable(Review)
guards.frozen_columns(
    Review, ["kind", "subject_kind", "subject_id", "subject_label", "period", "base_on", "opened_at", "run", "due_on"]
)
guards.legal_moves(Review, {(a, b) for (a, _verb), b in REVIEW.moves.items() if a != b})
guards.undeletable(Trigger)
guards.frozen_columns(Trigger, ["key", "code", "params", "actor_name", "subject_label", "event", "at", "run"])
guards.append_only(Covered)
guards.append_only(Earlier.history.model)
guards.append_only(Setting.history.model)
for model in (Remark, Record, Anomaly, DeclaredChange, FollowUp.history.model):
    guards.append_only(model)
guards.undeletable(FollowUp)
guards.frozen_columns(FollowUp, ["review", "line", "about", "kind", "what", "url"])
guards.legal_moves(FollowUp, {(a, b) for (a, _verb), b in FOLLOW_UP.moves.items() if a != b})
ENDED = (
    "completed_at",
    "completed_on",
    "completed_by_id",
    "completed_by_person_id",
    "outcome",
    "reason",
    "covers_all",
    "reviewer_id",
)
guards.add(
    guards.Guard(
        "reviews_review_ended",
        "reviews_review",
        "UPDATE",
        "OLD.state IN ('done', 'superseded') AND ("
        + " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in ENDED)
        + ")",
        "a review that is done stays as it was done",
    )
)
