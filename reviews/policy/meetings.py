"""Who plans, sees and minutes the meetings of the management review team (T2, T3)."""

from django.db.models import Q, QuerySet

from ismsroles.core import access, clock, facts
from reviews.models import Charter, Meeting, TeamAction
from reviews.queries.team import team
from roles.models import Assignment
from roles.policy import keeps_register, sees_people, standing


def _seated(user) -> facts.Expression | None:
    """Asked with the other facts of a page: the whole team need not be read to know whether somebody is on it."""
    person = standing(user).person
    if person is None:
        return None
    seats = Assignment.objects.current(clock.today()).filter(person=person, role__state="active")
    return facts.whether(seats.filter(role__in=Charter.objects.values("role")))


_sits = facts.register("sits_on_team", _seated)


def sits(user) -> bool:
    """Whether this user is a member of the team today, or a deputy."""
    return standing(user).person is not None and bool(_sits(user))


def chairs(user) -> bool:
    """Whether this user leads the team today."""
    person, found = standing(user).person, team(clock.today())
    chair = found.chair if found is not None else None
    return person is not None and chair is not None and chair.person_id == person.pk


@access.policy("reviews.meeting.see")
def _see(user, _obj) -> bool:
    """The team itself, and whoever keeps, approves, audits or runs the register: minutes speak openly."""
    return sees_people(user) or sits(user)


@access.policy("reviews.meeting.keep")
def _keep(user, _obj) -> bool:
    """Who keeps the register plans and minutes; so may the chair."""
    return keeps_register(user) or chairs(user)


@access.policy("mrt-minutes.prepare")
def _prepare(user, _obj) -> bool:
    """Who keeps the register writes the minutes up; the chair signs them, so does not."""
    return keeps_register(user)


@access.policy("reviews.report.write")
def _report(user, _obj) -> bool:
    """The information security manager reports (T5)."""
    return keeps_register(user)


@access.policy("reviews.action.close")
def _close(user, action: TeamAction) -> bool:
    """Who has to do it, and who keeps the meetings."""
    person = standing(user).person
    return access.may(user, "reviews.meeting.keep") or (person is not None and person.pk == action.owner_id)


@access.visible(Meeting)
def _meetings(user) -> QuerySet[Meeting]:
    return Meeting.objects.all() if access.may(user, "reviews.meeting.see") else Meeting.objects.none()


@access.visible(TeamAction)
def _actions(user) -> QuerySet[TeamAction]:
    """The team sees all of them; anybody else what is theirs to do."""
    if access.may(user, "reviews.meeting.see"):
        return TeamAction.objects.all()
    person = standing(user).person
    return TeamAction.objects.filter(owner=person) if person is not None else TeamAction.objects.none()


def sees_minutes(user) -> Q:
    """Minutes are for the team and for whoever keeps, approves, audits or runs the register."""
    return Q() if access.may(user, "reviews.meeting.see") else Q(pk__in=())


def may_sign(user) -> bool:
    """A member of the team or a deputy today; the chair is named when the minutes are sent."""
    return user.is_active and sits(user)
