"""Lists of people from elsewhere, taken into the register (A1, A6).

table = tabular.read(content, filename, known=imports.KNOWN)
plan = imports.plan(table, imports.guess_mapping(table.headers, table.rows), today=clock.today())
imports.apply(plan, actor=user)
"""

from roles.imports.applying import Result, apply
from roles.imports.columns import COLUMNS, FIELDS, KNOWN, guess_mapping
from roles.imports.plan import KIND_LABELS, Plan, plan
from roles.imports.planned import Change, PlannedRow
from roles.imports.rows import Problem

__all__ = [
    "COLUMNS",
    "FIELDS",
    "KIND_LABELS",
    "KNOWN",
    "Change",
    "Plan",
    "PlannedRow",
    "Problem",
    "Result",
    "apply",
    "guess_mapping",
    "plan",
]
