"""The calendar behind a link (T2): read only, and only while its person may still come in."""

from ismsroles.core import clock
from ismsroles.core.access import may_enter
from ismsroles.core.models import Organisation
from reviews.calendars import entries, feed
from reviews.models import CalendarFeed
from reviews.queries.calendars import AHEAD, BACK
from roles.models import Person


def person_behind(secret: str) -> Person | None:
    """Whose link this is; None when nobody's, or somebody's who has left or whose login is closed."""
    row = CalendarFeed.objects.select_related("person__user").filter(digest=CalendarFeed.digest_of(secret)).first()
    person = row.person if row else None
    if person is None or not person.is_current(clock.today()):
        return None
    return person if person.user is not None and may_enter(person.user) else None


def calendar_of(person: Person) -> bytes:
    """Meetings of their team and what they have to do by a day."""
    today = clock.today()
    return feed(entries(person, today - BACK, today + AHEAD), title=Organisation.current().name, at=clock.now())
