"""What a leaver could open ends with them: the areas they look after, invitations not yet used (rule 5; design §5).

Signing in is refused by `policy.has_not_left` at the first request after the last day, sessions that are open included."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ismsroles.core import accounts, clock, events, scope
from roles.leaving import Left, Outcome, People, left_open, on_leaving
from roles.models import Person
from roles.models.people import AreaUserObjectPermission

ENDED = "person.representative_ended"


@on_leaving
def invitations_end(people: Sequence[Person], *, actor, reason: str) -> None:
    """No invitation is open for longer than its person is here."""
    ends = {person.user_id: _end_of(person) for person in people if person.user_id is not None}
    if ends:
        accounts.cap_invitations(ends)


def _end_of(person: Person) -> datetime:
    """The first moment after the last day, in the organisation's zone."""
    return clock.begin_of(person.last_day + clock.DAY)


def _of_the_gone(people: People) -> QuerySet:
    """What those look after whose last day is over; whoever is here still looks after it until then."""
    gone = [pk for pk, person in people.items() if person.last_day < clock.today()]
    return AreaUserObjectPermission.objects.filter(user__person__in=gone)


@left_open("area", _of_the_gone, person="user__person", title="content_object__name")
def grants_end(rows: Sequence[Left], people: People, *, actor, reason: str) -> Iterator[Outcome]:
    """Whoever has left looks after no area any more."""
    AreaUserObjectPermission.objects.filter(pk__in=[row.pk for row in rows]).delete()
    scope.forget()
    for row in rows:
        person = people[row.person]
        event = events.prepare(ENDED, actor=actor, subject=person, area=row.title)
        sentence = _("No longer looks after the people of %(area)s.") % {"area": row.title}
        yield Outcome(row.person, sentence, person.get_absolute_url(), event=event)


def end_grants_of_leavers(*, actor) -> None:
    """What is left over from earlier leavers. Asked before anybody's last day changes, so that no grant comes back unseen."""
    gone = AreaUserObjectPermission.objects.filter(user__person__last_day__lt=clock.today())
    rows = list(gone.select_related("user__person", "content_object", "permission"))
    if not rows:
        return
    AreaUserObjectPermission.objects.filter(pk__in=[row.pk for row in rows]).delete()
    told = [events.prepare(ENDED, actor=actor, subject=row.user.person, area=row.content_object) for row in rows]
    events.record_many(told)
    scope.forget()
