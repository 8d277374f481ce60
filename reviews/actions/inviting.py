"""Who is told of a meeting, with the entry for their calendar; and who is told that they have something to do (T2, K2)."""

from django.conf import settings
from django.urls import reverse

from ismsroles.core import clock
from ismsroles.core.models import Organisation
from ismsroles.notices.telling import Telling, end, tell, tell_many
from reviews.calendars import invitation
from reviews.models import Meeting, TeamAction
from reviews.queries.calendars import entry_of
from reviews.queries.team import team
from reviews.telling_work import about_action
from roles.actions.readers import reader_of
from roles.models import Person


def invite(meeting: Meeting) -> list[Person]:
    """Every member and deputy gets it once; who joined since gets it when it is sent again."""
    return _send("meeting.invited", meeting, "REQUEST")


def update(meeting: Meeting) -> list[Person]:
    """The change, under the same entry of the calendar; what was said before is over."""
    end(_about(meeting))
    return _send("meeting.changed", meeting, "REQUEST")


def cancel(meeting: Meeting) -> list[Person]:
    """The entry goes away."""
    end(_about(meeting))
    return _send("meeting.cancelled", meeting, "CANCEL")


def _send(code: str, meeting: Meeting, method: str) -> list[Person]:
    found = team(clock.today())
    people = list(Person.objects.filter(pk__in=found.people).exclude(email="").order_by("pk")) if found else []
    words = _words(meeting)
    tell_many(_telling(code, meeting, person, method, words) for person in people)
    return people


def _telling(code: str, meeting: Meeting, person: Person, method: str, words: dict[str, object]) -> Telling:
    calendar = invitation(
        entry_of(meeting), method=method, organiser=settings.DEFAULT_FROM_EMAIL, organiser_name=Organisation.current().name,
        to=person.email, name=person.name, at=clock.now(),
    )  # fmt: skip
    key, url = f"{meeting.pk}-{meeting.sequence}", reverse("meeting", args=[meeting.pk])
    return Telling(code, reader_of(person), key, url, _about(meeting), words, calendar)


def _about(meeting: Meeting) -> str:
    return f"meeting:{meeting.pk}"


def _words(meeting: Meeting) -> dict[str, object]:
    zone = clock.zone()
    begin, close = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    hours = f"{begin:%H:%M}–{close:%H:%M} ({zone})"
    return {
        "meeting": meeting,
        "day": meeting.day,
        "hours": hours,
        "place": meeting.place,
        "why": meeting.closed_reason,
    }


def tell_owner(action: TeamAction) -> None:
    """Who has something to do learns what, and until when."""
    words = {"meeting": action.meeting, "day": action.due_on, "text": action.text}
    key, url = f"{action.pk}-{action.owner_id}-{action.due_on.isoformat()}", reverse("team-action", args=[action.pk])
    end(about_action(action.pk))
    tell("action.given", [reader_of(action.owner)], key=key, url=url, about=about_action(action.pk), **words)
