"""Who does what: activities by roles, and what of them is published."""

from raci.models.matrix import LETTERS, SETS, Activity, ActivityGroup, Allocation, Column, Limits, canonical_letters
from raci.models.publications import Publication, PublishedActivity, PublishedGroup

__all__ = [
    "LETTERS",
    "SETS",
    "Activity",
    "ActivityGroup",
    "Allocation",
    "Column",
    "Limits",
    "Publication",
    "PublishedActivity",
    "PublishedGroup",
    "canonical_letters",
]
