"""What the database refuses about reviews: no review vanishes or changes what it is about; what was found stays as written."""

from ismsroles.core import guards
from reviews.models import Covered, Earlier, Review, Setting, Trigger
from reviews.states import REVIEW

guards.undeletable(Review)
guards.frozen_columns(
    Review, ["kind", "subject_kind", "subject_id", "subject_label", "period", "base_on", "opened_at", "run"]
)
guards.legal_moves(Review, {(a, b) for (a, _verb), b in REVIEW.moves.items() if a != b})
guards.undeletable(Trigger)
guards.frozen_columns(Trigger, ["key", "code", "params", "actor_name", "subject_label", "event", "at", "run"])
guards.append_only(Covered)
guards.append_only(Earlier.history.model)
guards.append_only(Setting.history.model)
