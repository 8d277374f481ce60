"""A person's own calendar link: made, made anew, taken back (T2)."""

import secrets

from django.db import transaction

from ismsroles.core import clock, events
from ismsroles.core.access import require
from reviews.models import CalendarFeed
from roles.models import Person


@transaction.atomic
def make_link(person: Person, *, actor) -> str:
    """The secret of a new link, told once; the one before stops working at once."""
    require(actor, "reviews.calendar.own", person)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.filter(person=person).delete()
    CalendarFeed.objects.create(person=person, digest=CalendarFeed.digest_of(secret), made_at=clock.now())
    events.record("calendar.linked", actor=actor, subject=person)
    return secret


@transaction.atomic
def revoke_link(person: Person, *, actor) -> None:
    """The link stops working at the next request."""
    require(actor, "reviews.calendar.revoke", person)
    gone, _by_model = CalendarFeed.objects.filter(person=person).delete()
    if gone:
        events.record("calendar.link_revoked", actor=actor, subject=person)
