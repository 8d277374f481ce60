"""Segregation of duties in the demo organisation (A5, R2): the starter set found a conflict, an exception covers it and ends soon;
a rule of their own warns, and an exception from it waits; a draft says what another role says already."""

from collections.abc import Iterator
from datetime import timedelta

from evidence.demo.step import Step
from ismsroles.core import clock
from ismsroles.core.shown import fingerprint
from roles.actions import register, separation, separation_exceptions
from roles.models import SeparationException, SeparationRule
from roles.shown_separation import shown


def steps(story) -> Iterator[Step]:
    """Adopted late, as most do: what it finds was there before."""
    yield Step(-70, 13, lambda: separation.adopt_separation(actor=story.ism()))
    yield Step(-68, 13, lambda: _ask(story, "request_approve", "lotte", 88, LOTTE))
    yield Step(-67, 13, lambda: _approve(story, "lotte"))
    yield Step(-30, 13, lambda: _own_rule(story))
    yield Step(-3, 13, lambda: _ask(story, "", "jadranka", 180, JADRANKA))
    yield Step(-8, 13, lambda: _say_it_twice(story))


LOTTE = (
    "The data protection officer reads the list of released personnel data each month and signs it.",
    "Human resources has two people; the second is on parental leave.",
)
JADRANKA = (
    "The head of cloud operations compares the log of administrator accounts with the change list every Friday.",
    "Nobody else in the platform team can stand in for the process owner before the spring.",
)


def _ask(story, key: str, person: str, days: int, said: tuple[str, str]) -> None:
    rule = SeparationRule.objects.filter(state="in_force", starter_key=key).latest("pk")
    separation_exceptions.request_exception(
        actor=story.ism(), rule=rule, person=story.people[person], control=said[0], reason=said[1], starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=days),
    )  # fmt: skip


def _approve(story, person: str) -> None:
    made = SeparationException.objects.get(person=story.people[person], state="requested")
    separation_exceptions.approve_exception(made, actor=story.login("dagfinn"), seen_hash=fingerprint(shown(made)))


def _own_rule(story) -> None:
    roles = [story.roles["process_owner_it"], story.roles["system_administrator"]]
    why = "Who answers for operations should not be the one whose work is looked at."
    separation.add_rule(actor=story.ism(), effect="warn", why=why, roles=roles)


def _say_it_twice(story) -> None:
    text = "Show at the end of each month that all scheduled backups of training data ran and one restore succeeded."
    register.add_responsibility(story.roles["model_steward"], text, actor=story.ism())
    vague = "Support the product teams with data questions as appropriate."
    register.add_responsibility(story.roles["model_steward"], vague, actor=story.ism())
