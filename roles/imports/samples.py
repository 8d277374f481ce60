"""What the import page explains and hands out: which columns there are, an example, the refused rows."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from roles.imports.columns import BY_FIELD
from roles.imports.plan import Plan

# field, what may stand in it
COLUMNS = [
    ("external_id", gettext_lazy("From the HR system. People are recognised by it first.")),
    (
        "name",
        gettext_lazy("Needed: in one column (“Aisha Khan” or “Khan, Aisha”), or in two for given and family name."),
    ),
    ("email", gettext_lazy("People are recognised by it next. Two people cannot share one.")),
    ("phone", gettext_lazy("Shown to whoever asks whom to tell. May be left out.")),
    ("kind", gettext_lazy("Employee, contractor, supplier or consultant; employee if it is left out.")),
    ("employer", gettext_lazy("For people from outside: their company.")),
    ("job_title", gettext_lazy("As it is written on their contract.")),
    ("area", gettext_lazy("Department or team. One that is not known yet is added.")),
    ("manager", gettext_lazy("By personnel number, e-mail or name; may stand further down in the same list.")),
    ("starts_on", gettext_lazy("2026-11-30, 30.11.2026, 30 Nov 2026 and the other usual ways.")),
    ("last_day", gettext_lazy("For leavers: their roles end and their access is closed after this day.")),
]
COLUMNS = [(BY_FIELD[field].label, words) for field, words in COLUMNS]


def example() -> tuple[list[str], list[list[object]]]:
    """Headings that are understood without correction, and two invented people."""
    headers = [str(label) for label, _words in COLUMNS]
    rows = [
        ["1001", "Example Manager", "manager@company.example", "+44 20 7946 0958", "employee", "", "Head of operations", "Operations", "",
         date(2021, 3, 1), ""],
        ["1002", "Example Contractor", "contractor@agency.example", "", "contractor", "Agency Ltd", "Engineer", "Operations",
         "1001", date(2026, 1, 12), date(2026, 12, 31)],
    ]  # fmt: skip
    return headers, rows


def refused_rows(plan: Plan) -> tuple[list[str], list[list[object]]]:
    """The refused rows as they stood in the file, each with its number and all its reasons."""
    headers = [*plan.table.headers, _("Row"), _("Why it was refused")]
    rows = [
        [*row.cells, row.number, " ".join(str(problem) for problem in row.problems)] for row in plan.of_kind("refused")
    ]
    return headers, rows
