"""Competence matrices and registers of trainings from elsewhere: people × skills with marks, or one record a row.

table = tabular.read(content, filename, known=imports.KNOWN)
plan = imports.plan("competence", table, today=clock.today())
imports.apply(plan, actor=user)
"""

from competence.imports.applying import Result, apply
from competence.imports.columns import KNOWN
from competence.imports.plan import Plan, plan

__all__ = ["KNOWN", "Plan", "Result", "apply", "plan"]
