"""What the database refuses for this app, whoever writes and however."""

from competence.models import (
    Acknowledgement,
    AnswerSheet,
    Assessment,
    Course,
    Expectation,
    InductionAcceptance,
    InductionItem,
    KeptFile,
    PerformanceGap,
    QuestionSheet,
    Requirement,
    Round,
    SignedList,
    Skill,
    TrainingAction,
    TrainingRecord,
)
from competence.states import PERFORMANCE, TRAINING
from ismsroles.core import guards

KEPT = (Skill, TrainingAction, Course, Expectation, PerformanceGap, InductionItem, Round)
WRITTEN_ONCE = (KeptFile, SignedList, Acknowledgement, InductionAcceptance, QuestionSheet, AnswerSheet)
for model in (*KEPT, Requirement, Assessment, TrainingRecord):
    guards.append_only(model.history.model)
for model in (Assessment, TrainingRecord, *WRITTEN_ONCE):
    guards.append_only(model)
for model in KEPT:
    guards.undeletable(model)
guards.frozen_columns(Requirement, ["role", "skill", "starts_on"], unless="OLD.is_suggested")
guards.frozen_columns(TrainingAction, ["person", "skill", "role", "planned_by", "planned_at"])
guards.frozen_columns(PerformanceGap, ["person", "role", "noted_by", "noted_by_person", "noted_on"])
guards.legal_moves(TrainingAction, {(a, b) for (a, _verb), b in TRAINING.moves.items() if a != b})
guards.legal_moves(PerformanceGap, {(a, b) for (a, _verb), b in PERFORMANCE.moves.items() if a != b})
