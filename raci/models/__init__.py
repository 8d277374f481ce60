"""Who does what: activities by roles, what of them is published, and the owners of assets and risks."""

from raci.models.files import WaitingFile
from raci.models.links import ReadingLink
from raci.models.matrix import LETTERS, SETS, Activity, ActivityGroup, Allocation, Column, Limits, canonical_letters
from raci.models.owners import Asset
from raci.models.prints import MatrixPrint
from raci.models.publications import Publication, PublishedActivity, PublishedGroup
from raci.models.risks import Risk, RiskAcceptance, RiskScale

__all__ = [
    "LETTERS",
    "SETS",
    "Activity",
    "ActivityGroup",
    "Allocation",
    "Asset",
    "Column",
    "Limits",
    "MatrixPrint",
    "Publication",
    "PublishedActivity",
    "PublishedGroup",
    "ReadingLink",
    "Risk",
    "RiskAcceptance",
    "RiskScale",
    "WaitingFile",
    "canonical_letters",
]
