"""Competence: what roles need, what people have shown, and how the difference is closed."""

from competence.models.assessments import Assessment
from competence.models.duties import Acknowledgement
from competence.models.files import KeptFile
from competence.models.imports import WaitingTable
from competence.models.performance import Expectation, PerformanceGap
from competence.models.skills import Requirement, Skill
from competence.models.training import Course, TrainingAction, TrainingRecord

__all__ = [
    "Acknowledgement",
    "Assessment",
    "Course",
    "Expectation",
    "KeptFile",
    "PerformanceGap",
    "Requirement",
    "Skill",
    "TrainingAction",
    "TrainingRecord",
    "WaitingTable",
]
