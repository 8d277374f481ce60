"""What this app adds to the pages of roles and of one's own responsibilities, and to what waits for top management."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.core.access import may, visible_to
from ismsroles.core.panels import panel
from reviews.models import Review
from reviews.queries import reviews as queries
from roles.inbox import Line, subject
from roles.models import Person, Role
from roles.policy import standing
from roles.terms import in_words


@panel("mine", order=10)
def my_reviews(request: HttpRequest, person: Person | None):
    """What waits for the person: to review and to see to."""
    rows = queries.to_do(person) if person and queries.waiting_for(request.user) else []
    return ("reviews/waiting_panel.html", {"rows": rows, "day": clock.today()}) if rows else None


@panel("role", order=70)
def reviews_of_role(request: HttpRequest, role: Role):
    """When the role was last reviewed, by whom, and what is open."""
    if not may(request.user, "reviews.see"):
        return None
    own = visible_to(request.user, Review).filter(subject_kind="role", subject_id=role.pk)
    rows = list(own.select_related("reviewer", "completed_by_person").order_by("-opened_at", "-pk")[:4])
    return ("reviews/reviewed_panel.html", {"rows": rows, "day": clock.today()})


def _to_decide(user) -> int:
    """Only top management has its reviews beside its other decisions; everybody else under “My reviews”."""
    return queries.waiting_for(user) if standing(user).is_top_management else 0


@subject(count=_to_decide)
def reviews_waiting(user) -> Iterable[Line]:
    """Reviews that top management does itself stand with its other decisions."""
    person, day = standing(user).person, clock.today()
    for row in queries.to_do(person) if _to_decide(user) else ():
        opened = row.opened_at.astimezone(clock.zone()).date()
        fact = _("Review, due on %(day)s") % {"day": in_words(row.due_on)}
        yield Line(row.subject_label, fact, str(row.what), row.get_absolute_url(), max((day - opened).days, 0))
