"""Levels, processes, policies and questions are kept, with their history (rule 9)."""

from ismsroles.core import guards
from roles.models import AuthorisationLevel, Policy, PolicyPart, Process, ProcessPart, Question
from roles.states import KEPT

for model in (AuthorisationLevel, Process, Policy, Question):
    guards.undeletable(model)
    guards.legal_moves(model, {(a, b) for (a, _verb), b in KEPT.moves.items()})
for model in (AuthorisationLevel, Process, Policy, Question, ProcessPart, PolicyPart):
    guards.append_only(model.history.model)
