"""What was restructured and confirmed stays as it was written (coverage R8)."""

from ismsroles.core import guards
from roles.models import ChartConfirmation, ChartKeeping, Restructure, RestructureArea
from roles.states import RESTRUCTURE

for model in (ChartKeeping, Restructure):
    guards.append_only(model.history.model)
    guards.undeletable(model)
for model in (ChartConfirmation, RestructureArea):
    guards.append_only(model)
guards.legal_moves(Restructure, {(a, b) for (a, _verb), b in RESTRUCTURE.moves.items()})
guards.frozen_columns(Restructure, ["day", "what", "recorded_by", "recorded_at"])
guards.frozen_columns(ChartKeeping, ["only"])
