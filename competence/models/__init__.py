"""Competence: what roles need, what people have shown, and how the difference is closed."""

from competence.models.assessments import Assessment
from competence.models.duties import Acknowledgement, SignedList
from competence.models.files import KeptFile
from competence.models.imports import WaitingTable
from competence.models.induction import InductionAcceptance, InductionItem
from competence.models.performance import Expectation, PerformanceGap
from competence.models.skills import Requirement, Skill
from competence.models.training import Course, TrainingAction, TrainingRecord
from competence.models.understanding import AnswerSheet, QuestionSheet, Round

__all__ = [
    "Acknowledgement",
    "AnswerSheet",
    "Assessment",
    "Course",
    "Expectation",
    "InductionAcceptance",
    "InductionItem",
    "KeptFile",
    "PerformanceGap",
    "QuestionSheet",
    "Requirement",
    "Round",
    "SignedList",
    "Skill",
    "TrainingAction",
    "TrainingRecord",
    "WaitingTable",
]
