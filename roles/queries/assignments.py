"""Reads about assignments: what is listed, what waits, who may decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import clock, scope
from ismsroles.core.access import may, visible_to
from ismsroles.core.models import AuditEvent
from ismsroles.core.names import search_key
from roles import inbox as other_decisions
from roles.models import ApproverException, Area, Assignment, Person, Role
from roles.policy import EVERYWHERE, exceptions, is_same, know_logins, scope_of, standing
from roles.policy.acting import deputies_acting
from roles.policy.waiting import count_awaiting
from roles.queries.register import last_day_of, standing_of

SOON = timedelta(days=60)
ORDERS = {
    "role": Lower("role__title"),
    "person": F("person__name_key"),
    "starts": F("starts_on"),
    "ends": F("ends_on"),
    "decided": F("decided_at"),
}


# The list ----------------------------------------------------------------------------------------------------------------


def questions(day: date) -> dict[str, tuple[object, Q]]:
    """The saved questions of the list on this day; "now" is worked out from dates (design rule 4)."""
    here = Q(person__last_day=None) | Q(person__last_day__gte=day)
    begun = Q(starts_on__lte=day) & (Q(person__starts_on=None) | Q(person__starts_on__lte=day))
    open_term = Q(ends_on=None) | Q(ends_on__gte=day)
    approved = Q(state="approved")
    now = approved & begun & open_term & here
    return {
        "": (gettext_lazy("In force"), now),
        "waiting": (gettext_lazy("Waiting for approval"), Q(state="proposed")),
        "coming": (gettext_lazy("Coming"), approved & open_term & here & Q(starts_on__gt=day)),
        "ending": (
            gettext_lazy("Ending in 60 days"),
            now & (Q(ends_on__lte=day + SOON) | Q(person__last_day__lte=day + SOON)),
        ),
        "over": (gettext_lazy("Over"), approved & (Q(ends_on__lt=day) | Q(person__last_day__lt=day))),
        "refused": (gettext_lazy("Rejected or withdrawn"), Q(state__in=["rejected", "withdrawn", "declined"])),
        "all": (gettext_lazy("All"), Q()),
    }


def listed(
    user, *, words: str = "", area: int | None = None, role: int | None = None, person: int | None = None
) -> QuerySet[Assignment]:
    """The assignments that the user may see, narrowed."""
    rows = visible_to(user, Assignment)
    for word in search_key(words).split():
        rows = rows.filter(Q(person__name_key__contains=word) | Q(role__title__icontains=word))
    if area is not None:
        rows = rows.filter(Q(area_id=area) | Q(person__area_id=area))
    rows = rows if role is None else rows.filter(role_id=role)
    return rows if person is None else rows.filter(person_id=person)


def ordered(rows: QuerySet[Assignment], sort: str) -> QuerySet[Assignment]:
    """Sorted as the heading asks; by role when it asks nothing we know."""
    key = ORDERS.get(sort.removeprefix("-"), ORDERS["role"])
    down = sort.startswith("-") and sort[1:] in ORDERS
    first = key.desc(nulls_last=True) if down else key.asc(nulls_last=True)
    whole = rows.select_related("role", "person", "area", "proposed_by", "decided_by", "decided_by_person")
    return whole.order_by(first, Lower("role__title"), "seat", "person__name_key", "pk")


def with_standing(rows: Iterable[Assignment], day: date) -> list[Assignment]:
    """Each with where it stands on this day and the last day on which it counts."""
    found = list(rows)
    for assignment in found:
        assignment.standing, assignment.until = standing_of(assignment, day), last_day_of(assignment)
    return found


def told(assignment: Assignment) -> QuerySet[AuditEvent]:
    """What was done to an assignment, oldest first."""
    return AuditEvent.objects.filter(subject_type="roles.assignment", subject_id=str(assignment.pk)).order_by("pk")


# Decisions -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """One proposal in somebody's inbox; `why_not` says why they may not decide it, empty when they may."""

    assignment: Assignment
    days: int
    why_not: str = ""
    exception: ApproverException | None = None  # under which the only approver decides on what they proposed


def inbox(user) -> tuple[list[Waiting], list[Waiting]]:
    """What waits for this user's decision, oldest first, and what waits for somebody else's, with the reason."""
    rows = visible_to(user, Assignment).pending().select_related("role", "person", "area", "proposed_by")
    own, others, today = [], [], clock.today()
    know_logins([*(person for person, _where in approvers()), *filter(None, [standing(user).person])])
    for assignment in rows.order_by("proposed_at", "pk"):
        days = (today - assignment.proposed_at.astimezone(clock.zone()).date()).days
        if may(user, "roles.assignment.approve", assignment):
            own.append(Waiting(assignment, days, exception=exceptions.for_own_proposal(assignment)))
        else:
            others.append(Waiting(assignment, days, why_not(user, assignment)))
    return own, others


def count_waiting(user) -> int | None:
    """How many decisions wait for this user; nothing for who decides none."""
    return (count_awaiting(user) or 0) + other_decisions.count(user) or None


def why_not(user, assignment: Assignment) -> str:
    """Why this user may not decide, and who may, in a sentence or two."""
    person = standing(user).person
    if person is not None and person.pk == assignment.person_id:
        reason = _("It is about you.")
    elif person is not None and person.pk == assignment.proposed_by_person_id or is_same_login(user, assignment):
        reason = _("You proposed it.")
    elif standing(user).is_top_management:
        reason = _("It is outside the area that you decide for.")
    else:
        reason = ""
    return f"{reason} {whose_turn(assignment)}".strip()


def is_same_login(user, assignment: Assignment) -> bool:
    """Whether one of the user's logins made the proposal."""
    person = standing(user).person
    return assignment.proposed_by_id == user.pk or (person is not None and is_same(assignment.proposed_by, person))


def whose_turn(assignment: Assignment) -> str:
    """Who may decide, by name; that nobody may is said as well."""
    names = [str(person) for person in who_may_decide(assignment)]
    if names:
        return _("Waits for %(names)s.") % {"names": _(" or ").join(names)}
    return _("Nobody may decide it at present: another approver from top management is needed.")


def who_may_decide(assignment: Assignment) -> list[Person]:
    """Who holds, today, a role in whose scope this decision lies, and is not concerned by it; with or without a login."""
    above, acting = {EVERYWHERE, *_upwards(scope_of(assignment))}, _standing_in()
    know_logins([*(person for person, _where in approvers()), *(deputy for deputy, _held in acting)])
    people = {person.pk: person for person, where in approvers() if where in above and _is_free(person, assignment)}
    for deputy, held in acting:
        if (held.area_id or EVERYWHERE) in above and _is_free(held.person, assignment) and _is_free(deputy, assignment):
            people.setdefault(deputy.pk, deputy)
    return list(people.values())


def _standing_in() -> list[tuple[Person, Assignment]]:
    """Deputies who act for an absent approver today, each with the seat for which they do (A7)."""
    return scope.remember("standing in", lambda: deputies_acting(exceptions.seats_today()))


def _is_free(person: Person, assignment: Assignment) -> bool:
    """Not the one it is about; and not the proposer, but for the only approver under a recorded exception (rule 1)."""
    if person.pk == assignment.person_id:
        return False
    alone = exceptions.usable(clock.today())
    if alone is not None and alone.approver_id == person.pk:
        return True
    return person.pk != assignment.proposed_by_person_id and not is_same(assignment.proposed_by, person)


def approvers() -> list[tuple[Person, int]]:
    """Everybody who holds a role that approves today, and where."""
    return [(row.person, row.area_id or EVERYWHERE) for row in exceptions.seats_today() if row.seat == "primary"]


def _upwards(area: int | None) -> list[int]:
    """An area and those it is part of."""
    parents = (
        scope.remember("parents of areas", lambda: dict(Area.objects.values_list("pk", "parent_id"))) if area else {}
    )
    found: list[int] = []
    while area is not None and area not in found:
        found.append(area)
        area = parents.get(area)
    return found


# Around one ------------------------------------------------------------------------------------------------------------------


def own(user) -> QuerySet[Assignment]:
    """What the user proposed, and what is about them."""
    person = standing(user).person
    return Assignment.objects.filter(Q(proposed_by=user) | Q(person=person) if person else Q(proposed_by=user))


def who_is_left(assignment: Assignment, day: date) -> str:
    """Who has the role when this assignment is over."""
    rows = Assignment.objects.approved().filter(role=assignment.role, area=assignment.area).exclude(pk=assignment.pk)
    seats = [a for a in rows.select_related("person").order_by("starts_on") if a.is_current(day) or a.starts_on > day]
    holders = [str(a.person) for a in seats if a.seat == "primary"]
    deputies = [str(a.person) for a in seats if a.seat == "deputy"]
    words = {"role": assignment.role, "names": ", ".join(holders or deputies)}
    if holders:
        return _("%(role)s is then held by %(names)s.") % words
    if assignment.seat == "deputy":
        return (
            _("Nobody else stands in for %(role)s then.") % words
            if not deputies
            else _("Then %(names)s stands in.") % words
        )
    if deputies:
        return _("%(role)s is vacant from the next day. %(names)s stands in until somebody follows.") % words
    return _("%(role)s is vacant from the next day, and nobody stands in. Propose somebody soon.") % words


def without_holder(roles: QuerySet[Role], day: date) -> QuerySet[Role]:
    """Those of these roles that nobody holds, will hold or is proposed for."""
    taken = Assignment.objects.filter(role=OuterRef("pk"), seat="primary", state__in=["approved", "proposed"])
    here = Q(person__last_day=None) | Q(person__last_day__gte=day)
    return roles.filter(~Exists(taken.filter(here).exclude(ends_on__lt=day)))
