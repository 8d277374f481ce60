"""Moves and what was kept after them are written once (rule 9)."""

from ismsroles.core import guards
from roles.models import Kept, Move

for model in (Move, Kept):
    guards.append_only(model)
