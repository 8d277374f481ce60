"""What somebody has to do for the management review team: seen by whoever asks what they hold, and said when they leave (T3, A6, A9)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from reviews.models import TeamAction
from roles.holdings import Holding, provider
from roles.leaving import Left, Outcome, People, left_open
from roles.terms import in_words


@provider
def _actions(people: Collection[int] | None, first: date, last: date | None) -> Iterable[Holding]:
    """What is open stays somebody's until it is done."""
    rows = TeamAction.objects.filter(state="open")
    for one in rows if people is None else rows.filter(owner__in=people):
        yield Holding(
            person=one.owner_id, kind="team action", how="owner", label=str(one), url=one.get_absolute_url(), pk=one.pk
        )


@left_open(
    "team action",
    lambda people: TeamAction.objects.filter(owner__in=people, state="open"),
    person="owner_id",
    title="number",
    more="text",
    day="due_on",
)
def actions_wait(rows: Sequence[Left], people: People, *, actor, reason: str) -> Iterator[Outcome]:
    """What is open needs another owner; a place in the team ends as every assignment does."""
    for row in rows:
        action = TeamAction(pk=row.pk, number=row.title, text=row.more)
        sentence = _("%(action)s, due on %(day)s, needs another owner.") % {"action": action, "day": in_words(row.day)}
        yield Outcome(row.person, sentence, action.get_absolute_url(), is_open=True)
