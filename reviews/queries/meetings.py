"""What the pages and minutes of meetings show: who may sit where, the quorum, what is carried on (T2, T3)."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ismsroles.core import clock
from reviews.agenda import Period
from reviews.models import AgendaItem, Attendance, Meeting, TeamAction
from reviews.queries.team import Team, team
from reviews.quorum import Quorum, Rules, quorum
from roles.models import Assignment, Person

EARLIEST = timedelta(days=365)


def whole(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With their minutes."""
    return rows.select_related("minutes")


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """Who sat in which place, as it was recorded."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("seat__area", "seat__person", "person")
    return sorted(rows, key=lambda one: (one.seat.area is not None, str(one.seat.area or ""), one.seat.person.name_key))


def quorum_of(found: Team, attended: list[Attendance]) -> Quorum:
    """Whether those who came could decide, by the rules of the team on that day."""
    rules = found.charter
    return quorum(
        [
            place.area.pk
            for place in found.places
            if place.area is not None and place.area.in_scope and place.through is None
        ],
        {one.seat_id: one.seat.area_id for one in attended},
        {one.seat_id: one.person_id for one in attended},
        Rules(rules.quorum_percent, rules.quorum_senior, rules.quorum_chair),
        seniors=found.seniors,
        chairs=found.chairs,
    )


def in_words(counted: Quorum) -> str:
    """The quorum in a sentence: met, or what was missing."""
    words = {"n": counted.represented, "all": counted.areas, "needed": counted.needed}
    sentence = _("%(n)s of %(all)s areas represented, %(needed)s needed.") % words
    missing = {
        "senior": _("Nobody of senior management was there."),
        "chair": _("Neither the chair nor a deputy of the chair was there."),
    }
    return " ".join([sentence, *(missing[name] for name in counted.missing if name in missing)])


def chaired(found: Team, attended: list[Attendance]) -> Person | None:
    """Who led the meeting: the chair, else who stands in for the chair, if they came."""
    came = {one.person_id: one.person for one in attended if one.person_id is not None}
    return next((came[pk] for pk in found.chairs if pk in came), None)


def may_sit(found: Team, seat: Assignment) -> list[Person]:
    """The member, then the deputies of the same area."""
    return [seat.person, *(deputy.person for deputy in found.deputies_of(seat) if deputy.person_id != seat.person_id)]


def before(meeting: Meeting) -> Meeting | None:
    """The last one that was held before."""
    return Meeting.objects.filter(state="held", starts_at__lt=meeting.starts_at).exclude(pk=meeting.pk).first()


def period_of(meeting: Meeting) -> Period:
    """What it looks back on: since the meeting before, a year at most."""
    last = before(meeting)
    since = last.day + timedelta(days=1) if last else meeting.day - EARLIEST
    return Period(since, meeting.day, meeting.pk)


def carried_to(meeting: Meeting) -> QuerySet[TeamAction]:
    """Actions of earlier meetings that were open when this one began: they stand on its agenda until they are done (T3)."""
    rows = TeamAction.objects.filter(meeting__starts_at__lt=meeting.starts_at).exclude(meeting=meeting)
    open_then = Q(state="open") | Q(closed_on__gte=meeting.day)
    return rows.filter(open_then).select_related("owner", "meeting").order_by("due_on", "pk")


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda with what was decided and given to do under each item."""
    return list(AgendaItem.objects.filter(meeting=meeting).prefetch_related("decisions", "actions__owner"))


def next_planned(day: date) -> Meeting | None:
    """The next meeting from this day on."""
    rows = Meeting.objects.filter(
        state="planned", starts_at__gt=clock.now() if day == clock.today() else clock.begin_of(day)
    )
    return rows.order_by("starts_at").first()


def last_held(day: date) -> Meeting | None:
    """The last meeting that was held before the end of this day."""
    return Meeting.objects.filter(state="held", starts_at__lt=clock.begin_of(day + clock.DAY)).first()


def team_of(meeting: Meeting) -> Team | None:
    """The team as it sits on the day of the meeting; for a meeting to come, as it sits today."""
    day = meeting.day if meeting.day <= clock.today() else clock.today()
    return team(day)
