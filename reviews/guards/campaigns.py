"""What the database keeps of campaigns: which version was asked for, and who has read it."""

from ismsroles.core import guards
from reviews.models import Campaign, Reading, Sheet

guards.undeletable(Campaign)
guards.frozen_columns(Campaign, ["version", "sha256", "opened_on", "opened_by"])
guards.legal_moves(Campaign, {("open", "closed")})
guards.append_only(Reading)
guards.append_only(Sheet)
