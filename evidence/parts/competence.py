"""Competence in the document: counts only, and none from which a single person could be worked out (C1–C3; design rule 15)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from competence.models import Course, Requirement
from competence.queries import counts, training
from evidence.parts.part import Part


def read(day: date) -> dict[str, int | None]:
    """How much is asked for, how far it is met, what is repeated; nothing while no role asks for anything."""
    asked = Requirement.objects.in_force(day)
    lines = asked.count()
    if not lines:
        return {}
    found = counts.counts(day, training.plans(day))
    may = found.may_be_told
    return {
        "roles": asked.order_by().values("role").distinct().count(),
        "lines": lines,
        "people": found.people if may else None,
        "with_gaps": found.with_gaps if may else None,
        "courses": Course.objects.filter(is_retired=False, starts_on__lte=day).count(),
    }


PART = Part(
    "competence",
    read,
    after="approvals",
    title=_("Competence"),
    lead=_("What the roles ask for, and how far it is met. Names stand in the register, not here."),
)
