"""What an exception for the only approver opens, and when the board may name a successor (design rule 1)."""

from datetime import date

from django.db.models import Q, QuerySet

from ismsroles.core import access, clock, scope
from roles import policy
from roles.models import ApproverException, Assignment, Person

_WITH = ("person__user", "role", "proposed_by")


def recorded() -> list[ApproverException]:
    """Every exception there is, oldest first; there are few."""
    rows = ApproverException.objects.select_related("approver", "recorded_by").order_by("pk")
    return scope.remember("exceptions", lambda: list(rows))


def approving_seats() -> list[Assignment]:
    """Every approved seat, of holder or deputy, in roles that approve, and whatever the board decided; read once for a request."""
    return scope.remember("approving seats", lambda: list(_approving().select_related(*_WITH).order_by("pk")))


def seats_today() -> list[Assignment]:
    """Those of them in roles that approve, in force today, the longest serving first."""
    today, kind = clock.today(), ("top_management", "active")
    now = [
        seat for seat in approving_seats() if (seat.role.persona, seat.role.state) == kind and seat.is_current(today)
    ]
    return sorted(now, key=lambda seat: (seat.starts_on, seat.pk))


def approving_terms() -> list[Assignment]:
    """The terms of those who hold, or held, such a role."""
    return [seat for seat in approving_seats() if seat.seat == "primary"]


def approvers(day: date) -> set[int]:
    """The people who hold a role that approves on this day."""
    held = [term for term in approving_terms() if term.is_current(day)]
    return {term.person_id for term in held if (term.role.persona, term.role.state) == ("top_management", "active")}


def in_force(day: date) -> ApproverException | None:
    """The exception of this day, whether or not anybody still needs it."""
    return next((row for row in recorded() if row.is_current(day)), None)


def usable(day: date) -> ApproverException | None:
    """The exception of this day; none as soon as a second person approves."""
    found = in_force(day)
    return found if found is not None and approvers(day) == {found.approver_id} else None


def covering(user, assignment: Assignment) -> ApproverException | None:
    """The exception under which this user may decide on what they proposed. Nothing ever covers what is about themself."""
    found, person = usable(clock.today()), policy.standing(user).person
    fits = found is not None and person is not None and found.approver_id == person.pk != assignment.person_id
    return found if fits else None


def for_own_proposal(assignment: Assignment) -> ApproverException | None:
    """The exception without which nobody could decide on this one: its only approver proposed it, and it is not about them."""
    found = usable(clock.today())
    if found is None or found.approver_id == assignment.person_id:
        return None
    own = found.approver_id == assignment.proposed_by_person_id or policy.is_same(
        assignment.proposed_by, found.approver
    )
    return found if own else None


def board_terms() -> QuerySet[Assignment]:
    """Every approved term of a role that approves, and whatever the board decided."""
    return _approving().filter(seat="primary")


def _approving() -> QuerySet[Assignment]:
    of_the_board = Q(is_founding=True) | Q(is_succession=True)
    return Assignment.objects.approved().filter(Q(role__persona="top_management") | of_the_board)


def nobody_approves(day: date) -> bool:
    """There once was an approver, and none is in office or to come: nobody here can approve a successor."""
    rows = approving_terms()
    return bool(rows) and all(day > min(term.ends_on or date.max, term.person.last_day or date.max) for term in rows)


@access.policy("roles.exception.record")
def _record(user, approver: Person | None) -> bool:
    """Who keeps the register, and the administrator; never the one who may then decide alone."""
    return _end(user, None) and (approver is None or not policy.is_same(user, approver))


@access.policy("roles.exception.end")
def _end(user, _obj) -> bool:
    return user.is_administrator or policy.keeps_register(user)


@access.policy("roles.exceptions.see")
def _see(user, _obj) -> bool:
    return policy.sees_people(user)


@access.policy("roles.succession.record")
def _succession(user, _obj) -> bool:
    """The administrator, while nobody approves."""
    return user.is_administrator and nobody_approves(clock.today())


@access.visible(ApproverException)
def _exceptions(user) -> QuerySet[ApproverException]:
    """Who keeps, decides, checks or runs the register."""
    return ApproverException.objects.all() if policy.sees_people(user) else ApproverException.objects.none()
