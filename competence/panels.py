"""What this app adds to the pages of roles and people."""

from django.http import HttpRequest

from competence import policy
from competence.models import Acknowledgement, Expectation, Requirement
from competence.queries import induction, understanding
from competence.queries.duties import duties
from competence.queries.person import summary
from ismsroles.core import clock
from ismsroles.core.access import may, visible_to
from ismsroles.core.panels import panel
from roles.models import Person, Role


@panel("role")
def needs_of_role(request: HttpRequest, role: Role):
    """What the role needs, up to which level and how it is shown; what its holders are measured by."""
    user = request.user
    rows = (
        visible_to(user, Requirement)
        .present()
        .filter(role=role)
        .select_related("skill")
        .order_by("strength", "skill__name")
    )
    context = {
        "role": role,
        "needs": [row for row in rows if not row.is_suggested],
        "suggested": [row for row in rows if row.is_suggested],
        "expected": visible_to(user, Expectation).filter(role=role, is_retired=False),
        "keeps": role.state != "retired" and may(user, "competence.requirement.keep"),
    }
    shown = context["needs"] or context["suggested"] or context["expected"] or context["keeps"]
    return ("competence/role_panel.html", context) if shown else None


@panel("person")
def competence_of_person(request: HttpRequest, person: Person):
    """The way to somebody's competence, for those who may see it by name."""
    if not policy.sees_person(request.user, person):
        return None
    return ("competence/person_panel.html", {"person": person, "summary": summary(person, clock.today())})


@panel("mine", order=15)
def induction_of_mine(request: HttpRequest, person: Person | None):
    """What the person reads and accepts because they joined, came to an area or got a role (K3)."""
    found = [one for one in induction.of_person(person, clock.today()) if one.accepted_at is None] if person else []
    return ("competence/mine_induction.html", {"owed": found, "day": clock.today()}) if found else None


@panel("mine", order=18)
def questions_for_me(request: HttpRequest, person: Person | None):
    """The rounds in which the person answers (K5)."""
    day = clock.today()
    found = understanding.mine(person, day) if person else []
    rows = [(one, one.waits(day)) for one in found]
    return ("competence/mine_questions.html", {"rounds": rows, "day": day}) if rows else None


@panel("mine", order=90)
def extract_of_mine(request: HttpRequest, person: Person | None):
    """The own duties for the job description (K3)."""
    return ("competence/extract_links.html", {"kind": "person", "subject": person}) if person else None


@panel("role", order=90)
def extract_of_role(request: HttpRequest, role: Role):
    """The duties of a role for a job description (K3)."""
    return ("competence/extract_links.html", {"kind": "role", "subject": role}) if role.state == "active" else None


@panel("person", order=90)
def extract_of_person(request: HttpRequest, person: Person):
    """The duties of a person for their job description (K3)."""
    if not may(request.user, "roles.register.see"):
        return None
    return ("competence/extract_links.html", {"kind": "person", "subject": person})


@panel("mine", order=20)
def everyones_duties(request: HttpRequest, person: Person | None):
    """What everybody must do, until the person has acknowledged it (K6)."""
    worded = duties() if person is not None else []
    if not worded:
        return None
    rows = Acknowledgement.objects.filter(person=person).order_by("acknowledged_at")
    given = dict(rows.values_list("wording", "acknowledged_at"))
    return ("competence/mine_panel.html", {"duties": [(one, given.get(one.wording)) for one in worded]})
