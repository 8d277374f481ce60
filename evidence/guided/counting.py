"""How much of everything there is, in one question to the database: nobody ticks a step of the path by hand."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from competence.models import Acknowledgement, Assessment, Expectation, PerformanceGap, Requirement, Round
from evidence.earlier import KIND
from ismsroles.core.facts import HowMany
from ismsroles.core.models import Organisation
from ismsroles.records.models import Version
from raci.models import Activity, Asset, Risk
from reviews.models import Campaign, Charter, Meeting, Review, RoleAudit
from roles.models import (
    Area,
    Assignment,
    AuthorisationLevel,
    Authority,
    ChartConfirmation,
    ChartKeeping,
    Letter,
    Person,
    Policy,
    Process,
    Question,
    Responsibility,
    Role,
    SeparationRule,
)


def things(day: date) -> dict[str, int]:
    """How many there are of each thing that a check needs; `without_…` is what lacks something."""
    asked = {name: HowMany(rows) for name, rows in _rows(day).items()}
    return Organisation.objects.values(**asked).first() or dict.fromkeys(asked, 0)


def _rows(day: date) -> dict[str, QuerySet]:
    roles = Role.objects.active()
    expected = Expectation.objects.filter(role=OuterRef("pk"), is_retired=False)
    return {
        "people": Person.objects.current(day),
        "areas": Area.objects.filter(in_scope=True),
        "roles": roles,
        "duties": Responsibility.objects.filter(role__state="active"),
        "authorities": Authority.objects.filter(role__state="active"),
        "levels": AuthorisationLevel.objects.filter(state="active"),
        "seats": Assignment.objects.current(day),
        "letters": Letter.objects.all(),
        "rules": SeparationRule.objects.filter(state="in_force"),
        "activities": Activity.objects.filter(retired=False, group__retired=False),
        "signed": Version.objects.filter(kind=KIND, state="published"),
        "campaigns": Campaign.objects.all(),
        "acknowledged": Acknowledgement.objects.all(),
        "questions": Question.objects.filter(state="active"),
        "requirements": Requirement.objects.in_force(day),
        "assessments": Assessment.objects.standing(day),
        "rounds": Round.objects.all(),
        "processes": Process.objects.filter(state="active"),
        "policies": Policy.objects.filter(state="active"),
        "assets": Asset.objects.filter(retired_on=None),
        "risks": Risk.objects.filter(closed_on=None),
        "reviewed": Review.objects.filter(state="done"),
        "charters": Charter.objects.all(),
        "meetings": Meeting.objects.filter(state="held"),
        "audits": RoleAudit.objects.all(),
        "expectations": Expectation.objects.filter(is_retired=False),
        "without_expectation": roles.exclude(kind="everyone").filter(~Exists(expected)),
        "without_follow_up": PerformanceGap.objects.filter(state="open", due_on__lt=day)
        | PerformanceGap.objects.filter(state="open", action=""),
        "lines": roles.exclude(reports_to=None),
        "keepers": ChartKeeping.objects.all(),
        "confirmed": ChartConfirmation.objects.all(),
    }
