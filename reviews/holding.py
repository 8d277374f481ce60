"""What somebody has to do for the management review team: seen by whoever asks what they hold, and said when they leave (T3, A6, A9)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from reviews.models import TeamAction
from roles.holdings import Holding, provider
from roles.leaving import Outcome, on_leaving
from roles.models import Person
from roles.terms import in_words


@provider
def _actions(people: Collection[int] | None, first: date, last: date | None) -> Iterable[Holding]:
    """What is open stays somebody's until it is done."""
    rows = TeamAction.objects.filter(state="open")
    for one in rows if people is None else rows.filter(owner__in=people):
        yield Holding(
            person=one.owner_id, kind="team action", how="owner", label=str(one), url=one.get_absolute_url(), pk=one.pk
        )


@on_leaving
def actions_wait(people: Sequence[Person], *, actor, reason: str) -> Iterator[Outcome]:
    """What is due after somebody's last day needs another owner; a place in the team ends as every assignment does."""
    days = {person.pk: person.last_day for person in people}
    for one in TeamAction.objects.filter(owner__in=days, state="open"):
        words = {"action": one, "day": in_words(one.due_on)}
        yield Outcome(
            one.owner_id,
            _("%(action)s, due on %(day)s, needs another owner.") % words,
            one.get_absolute_url(),
            is_open=True,
        )
