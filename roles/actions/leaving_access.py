"""What a leaver could open ends with them: the areas they look after, invitations not yet used (rule 5; design §5).

Signing in is refused by `policy.has_not_left` at the first request after the last day, sessions that are open included."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from ismsroles.core import accounts, clock, events, scope
from roles.leaving import on_leaving
from roles.models import Person
from roles.models.people import AreaUserObjectPermission


@on_leaving
def access_ends(people: Sequence[Person], *, actor, reason: str) -> None:
    """Grants of those who are gone end now, and no invitation is open for longer than its person is here."""
    if any(person.last_day < clock.today() for person in people):
        end_grants_of_leavers(actor=actor)
    ends = {person.user_id: _end_of(person) for person in people if person.user_id is not None}
    if ends:
        accounts.cap_invitations(ends)


def end_grants_of_leavers(*, actor) -> None:
    """Whoever has left looks after no area any more. Asked before anybody's last day changes, so that no grant comes back unseen."""
    gone = AreaUserObjectPermission.objects.filter(user__person__last_day__lt=clock.today())
    rows = list(gone.select_related("user__person", "content_object", "permission"))
    if not rows:
        return
    AreaUserObjectPermission.objects.filter(pk__in=[row.pk for row in rows]).delete()
    code = "person.representative_ended"
    events.record_many(
        [events.prepare(code, actor=actor, subject=row.user.person, area=row.content_object) for row in rows]
    )
    scope.forget()


def _end_of(person: Person) -> datetime:
    """The first moment after the last day, in the organisation's zone."""
    return datetime.combine(person.last_day + timedelta(days=1), time.min, clock.zone())
