"""What the database refuses about owners, risks and links, whoever writes (design rule 9)."""

from ismsroles.core import guards
from raci.models import Asset, ReadingLink, Risk, RiskAcceptance, RiskScale

for tracked in (Asset, Risk, RiskScale, ReadingLink):
    guards.append_only(tracked.history.model)
for kept in (Asset, Risk, ReadingLink):
    guards.undeletable(kept)
guards.append_only(RiskAcceptance)
guards.frozen_columns(ReadingLink, ["version", "digest", "made_by", "made_at", "ends_on"])
guards.add(
    guards.Guard(
        "reading_link_stays_revoked",
        ReadingLink._meta.db_table,
        "UPDATE",
        "OLD.revoked_at IS NOT NULL AND OLD.revoked_at IS DISTINCT FROM NEW.revoked_at",
        "a revoked link stays revoked",
    )
)
