"""Who can be chosen for a role: found while one types, with what they hold and what stands against it (A2, A5)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ismsroles.core import clock
from roles import offers, terms
from roles.conflicts import held_in_words
from roles.duties import duties
from roles.forms.pickers import written
from roles.holdings import Holding, holdings
from roles.models import Person
from roles.offers import Choice, Fact
from roles.queries.separation import leaves, rules_in_force
from roles.separation import conflicts, is_covered

OFFERED = 20


@dataclass(frozen=True)
class Offer:
    """One person with all that is known before choosing."""

    person: Person
    value: str
    facts: list[Fact]

    @property
    def fits(self) -> bool:
        """Whether nothing stands in the way."""
        return all(fact.severity != "stop" for fact in self.facts)


def offered(people: QuerySet[Person], text: str, choice: Choice) -> list[Offer]:
    """The people that fit the text, each with what is known of them for this choice; a fixed number of queries."""
    rows = people.select_related("area").suggested(text, OFFERED)
    known = offers.facts(rows, choice)
    return [Offer(person, written(person), known[person.pk]) for person in rows]


@offers.provider
def _where_from(people: Collection[Person], choice: Choice) -> dict[int, list[Fact]]:
    """Inside or outside, and whether they are there for the whole term."""
    found_facts: dict[int, list[Fact]] = {}
    for person in people:
        kind = person.get_kind_display()
        words = _("from outside: %(who)s") % {"who": person.employer or kind} if person.is_outside else _("internal")
        rows = [Fact("note", words)]
        if person.last_day is not None and (choice.ends_on is None or choice.ends_on > person.last_day):
            day = terms.in_words(person.last_day)
            rows.append(Fact("warn", _("leaves on %(day)s") % {"day": day}))
        found_facts[person.pk] = rows
    return found_facts


@offers.provider
def _what_they_hold(people: Collection[Person], choice: Choice) -> dict[int, list[Fact]]:
    """What each holds in that time already, and what would conflict with the role that is being filled."""
    present = holdings([person.pk for person in people], choice.starts_on, choice.ends_on)
    by_person: dict[int, list[Holding]] = defaultdict(list)
    for held in present:
        by_person[held.person].append(held)
    against = _conflicts(people, present, choice)
    return {person.pk: [*against.get(person.pk, []), *_held(by_person[person.pk])] for person in people}


def _held(rows: list[Holding]) -> list[Fact]:
    if not rows:
        return [Fact("good", _("holds nothing else"))]
    titles = list(dict.fromkeys(held_in_words(row) for row in rows))
    words = ", ".join(titles[:3])
    if len(titles) > 3:
        words = _("%(some)s and %(more)d more") % {"some": words, "more": len(titles) - 3}
    return [Fact("note", _("holds %(what)s") % {"what": words})]


def _conflicts(people: Collection[Person], present: list[Holding], choice: Choice) -> dict[int, list[Fact]]:
    if choice.role is None or not (rules := rules_in_force()):
        return {}
    how = "holder" if choice.seat == "primary" else choice.seat
    new = [
        Holding(
            person.pk,
            "assignment",
            how,
            str(choice.role),
            "",
            0,
            choice.starts_on,
            choice.ends_on,
            choice.role.pk,
            choice.responsibilities,
        )  # fmt: skip
        for person in people
    ]
    against = [c for c in conflicts([*present, *new], duties(), rules) if c.one in new or c.other in new]
    given, today = leaves([c.person for c in against]) if against else [], clock.today()
    rows: dict[int, list[Fact]] = defaultdict(list)
    for conflict in against:
        other = conflict.other if conflict.one in new else conflict.one
        words = _("conflicts with %(what)s") % {"what": held_in_words(other)}
        if is_covered(conflict, given, today):
            rows[conflict.person].append(Fact("warn", words + " " + _("(exception approved)"), conflict.rule.why))
        else:
            rows[conflict.person].append(Fact("stop" if conflict.rule.blocks else "warn", words, conflict.rule.why))
    return rows
