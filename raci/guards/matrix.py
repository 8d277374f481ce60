"""Cells and activities stay, with their past; what was published cannot be changed and has no second A."""

from ismsroles.core import guards
from raci.models import (
    Activity,
    ActivityGroup,
    Allocation,
    Column,
    Limits,
    Publication,
    PublishedActivity,
    PublishedGroup,
)

for model in (ActivityGroup, Activity, Allocation, Column, Limits):
    guards.append_only(model.history.model)
for model in (ActivityGroup, Activity, Allocation):
    guards.undeletable(model)
for model in (Publication, PublishedGroup, PublishedActivity):
    guards.append_only(model)
guards.frozen_columns(Allocation, ["activity", "role"])
_TABLE = PublishedActivity._meta.db_table
guards.add(
    guards.Guard(
        f"{_TABLE}_one_accountable",
        _TABLE,
        "INSERT",
        "CAST(NEW.others AS text) LIKE '%A%'",
        "exactly one role is accountable for a published activity",
    )
)
