"""What this app adds to the pages of roles and people."""

from django.http import HttpRequest

from ismsroles.core import clock
from ismsroles.core.access import may
from ismsroles.core.panels import panel
from reviews.queries.campaigns import to_read
from reviews.queries.team import charter, team
from roles.models import Person, Role


@panel("role", order=30)
def team_of_role(request: HttpRequest, role: Role):
    """The role of the management review team leads to the team."""
    rules = charter() if may(request.user, "reviews.team.see") else None
    return ("reviews/role_panel.html", {"charter": rules}) if rules and rules.role_id == role.pk else None


@panel("person", order=45)
def of_person(request: HttpRequest, person: Person):
    """Which areas somebody speaks for in the management review team, for whoever may see their page."""
    return _about(request, person, "reviews/person_panel.html")


@panel("mine", order=15)
def mine(request: HttpRequest, person: Person | None):
    """The reader's own place in the team."""
    return _about(request, person, "reviews/mine_panel.html") if person is not None else None


@panel("mine", order=5)
def to_acknowledge(request: HttpRequest, person: Person | None):
    """What the reader was asked to acknowledge and has not yet."""
    if person is None:
        return None
    rows = list(to_read(person))
    for row in rows:
        row.mine_by = row.due_on(person.starts_on)
    return ("reviews/campaigns_mine.html", {"rows": rows, "day": clock.today()}) if rows else None


def _about(request: HttpRequest, person: Person, template: str):
    found = team(clock.today()) if may(request.user, "reviews.team.see") else None
    if found is None or person.pk not in found.people:
        return None
    chair = found.chair
    context = {
        "team": found,
        "speaks": [place for place in found.places if any(one.person_id == person.pk for one in place.members)],
        "stands_in": [place for place in found.places if any(one.person_id == person.pk for one in place.deputies)],
        "chairs": chair is not None and chair.person_id == person.pk,
        "person": person,
    }
    return template, context
