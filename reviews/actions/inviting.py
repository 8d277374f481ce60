"""Who is told of a meeting, with the entry for their calendar; and who is told that they have something to do (T2, K2)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.core.models import Organisation
from ismsroles.notices import mail
from reviews.calendars import invitation
from reviews.models import Meeting, TeamAction
from reviews.queries.calendars import entry_of
from reviews.queries.team import team
from roles.models import Person
from roles.terms import in_words


def invite(meeting: Meeting) -> list[Person]:
    """Every member and deputy gets it once; who joined since gets it when it is sent again."""
    text = _(
        "Hello %(name)s,\n\n%(meeting)s takes place on %(day)s, %(hours)s, %(place)s.\nAgenda and papers:\n\n%(link)s\n"
    )
    return _send(meeting, "REQUEST", _("Invitation: %(meeting)s on %(day)s"), text)


def update(meeting: Meeting) -> list[Person]:
    """The change, under the same entry of the calendar."""
    text = _("Hello %(name)s,\n\n%(meeting)s now takes place on %(day)s, %(hours)s, %(place)s.\n\n%(link)s\n")
    return _send(meeting, "REQUEST", _("Changed: %(meeting)s, now on %(day)s"), text)


def cancel(meeting: Meeting) -> list[Person]:
    """The entry goes away."""
    text = _("Hello %(name)s,\n\n%(meeting)s on %(day)s does not take place.\nWhy: %(why)s\n\n%(link)s\n")
    return _send(meeting, "CANCEL", _("Cancelled: %(meeting)s on %(day)s"), text)


def _send(meeting: Meeting, method: str, subject: str, text: str) -> list[Person]:
    found = team(clock.today())
    people = list(Person.objects.filter(pk__in=found.people).exclude(email="").order_by("pk")) if found else []
    mail.post_many([_mail(meeting, person, method, subject, text) for person in people])
    return people


def _mail(meeting: Meeting, person: Person, method: str, subject: str, text: str) -> mail.Mail:
    words = _words(meeting) | {"name": person.name}
    entry = entry_of(meeting)
    calendar = invitation(
        entry, method=method, organiser=settings.DEFAULT_FROM_EMAIL, organiser_name=Organisation.current().name,
        to=person.email, name=person.name, at=clock.now(),
    )  # fmt: skip
    key = f"meeting-{meeting.pk}-{meeting.sequence}-{method.lower()}-{person.pk}"
    return mail.Mail(person.email, subject % words, text % words, key, calendar=calendar)


def _words(meeting: Meeting) -> dict[str, object]:
    zone = clock.zone()
    begin, end = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    return {
        "meeting": meeting, "day": in_words(meeting.day), "hours": f"{begin:%H:%M}–{end:%H:%M} ({zone})", "place": meeting.place,
        "link": settings.BASE_URL.rstrip("/") + reverse("meeting", args=[meeting.pk]), "why": meeting.closed_reason,
    }  # fmt: skip


def tell_owner(action: TeamAction) -> None:
    """Who has something to do learns what, and until when."""
    if not action.owner.email:
        return
    text = _(
        "Hello %(name)s,\n\n%(meeting)s gave you something to do until %(day)s:\n\n%(text)s\n\nWhen it is done, say so here:\n\n%(link)s\n"
    )
    words = {
        "name": action.owner.name, "meeting": action.meeting, "day": in_words(action.due_on), "text": action.text,
        "link": settings.BASE_URL.rstrip("/") + reverse("team-action", args=[action.pk]),
    }  # fmt: skip
    key = f"team-action-{action.pk}-{action.owner_id}-{action.due_on.isoformat()}"
    mail.post(to=action.owner.email, subject=_("To do until %(day)s: %(meeting)s") % words, text=text % words, key=key)
