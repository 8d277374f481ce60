"""What stands in one person's calendar: meetings of their team, and what they have to do by a day (T2, C5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from competence.queries import training
from ismsroles.core import clock
from reviews.calendars import Entry, source
from reviews.models import Meeting, Review, TeamAction
from reviews.queries.team import team
from roles.models import Person

AHEAD, BACK = timedelta(days=400), timedelta(days=60)


def entry_of(meeting: Meeting) -> Entry:
    """A meeting as every calendar shows it; the same UID for each invitation, change and cancellation."""
    return Entry(
        uid=f"{meeting.uid}@ismsroles",
        title=str(meeting),
        starts=meeting.starts_at.astimezone(clock.UTC),
        ends=meeting.ends_at.astimezone(clock.UTC),
        place=meeting.place,
        text=_("Agenda and papers: %(link)s") % {"link": _link("meeting", meeting.pk)},
        url=_link("meeting", meeting.pk),
        sequence=meeting.sequence,
        is_cancelled=meeting.state == "cancelled",
    )


def _link(name: str, *args: object) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(name, args=args)


@source
def meetings(person: Person, since: date, until: date) -> Iterator[Entry]:
    """Meetings of the management review team, for its members and deputies."""
    found = team(clock.today())
    if found is None or person.pk not in found.people:
        return
    rows = Meeting.objects.filter(starts_at__gte=clock.begin_of(since), starts_at__lt=clock.begin_of(until))
    yield from (entry_of(meeting) for meeting in rows)


@source
def actions(person: Person, since: date, until: date) -> Iterator[Entry]:
    """What the team gave this person to do."""
    for one in TeamAction.objects.filter(owner=person, state="open", due_on__lte=until):
        url = _link("team-action", one.pk)
        yield Entry(
            f"team-action-{one.pk}@ismsroles",
            _("Due: %(text)s") % {"text": one.text[:150]},
            one.due_on,
            text=one.number,
            url=url,
        )


@source
def trainings(person: Person, since: date, until: date) -> Iterator[Entry]:
    """Recurring training that this person repeats by a day (C5)."""
    for one in training.dues(clock.today(), [person.pk]):
        if one.due_on is not None and one.due_on <= until:
            uid = f"training-{one.course.pk}-{person.pk}-{one.due_on.isoformat()}@ismsroles"
            yield Entry(
                uid, _("Training due: %(course)s") % {"course": one.course}, one.due_on, url=_link("my-competence")
            )


@source
def reviews(person: Person, since: date, until: date) -> Iterator[Entry]:
    """Reviews that this person does."""
    for one in Review.objects.filter(reviewer=person, state__in=["open", "in_progress"], due_on__lte=until):
        uid = f"review-{one.pk}@ismsroles"
        yield Entry(
            uid,
            _("Review due: %(what)s") % {"what": one},
            one.due_on,
            url=settings.BASE_URL.rstrip("/") + one.get_absolute_url(),
        )
