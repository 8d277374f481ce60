"""Reporting lines never close a circle, whoever writes them (coverage R8)."""

from ismsroles.core import guards
from roles.models import Area, Person, Role

for model, column in ((Role, "reports_to_id"), (Person, "manager_id"), (Area, "parent_id")):
    table = model._meta.db_table
    guards.add(guards.Line(f"{table}_no_circle", table, column, f"the lines of {table} would close a circle"))
