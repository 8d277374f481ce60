"""Exactly what a decider is shown of a request for an exception; its fingerprint is what they decide on (design rule 2)."""

from django.utils.translation import gettext as _

from ismsroles.core import clock
from roles import terms
from roles.conflicts import days_in_words, held_in_words
from roles.models import SeparationException
from roles.queries.separation import of_person


def shown(exception: SeparationException) -> dict[str, str]:
    """Label → text of everything that matters for the decision, as it is now."""
    return dict(rows(exception))


def rows(exception: SeparationException) -> list[tuple[str, str]]:
    """What is asked for, in the order in which it is read."""
    rule, person = exception.rule, exception.person
    term = {"first": terms.in_words(exception.starts_on), "last": terms.in_words(exception.ends_on)}
    return [
        (_("Person"), f"{person} ({person.get_kind_display()})"),
        (_("Kept apart"), str(rule)),
        (_("Why they are kept apart"), rule.why),
        (_("What the rule does"), str(rule.get_effect_display())),
        (_("What it is about today"), "\n".join(conflicts_now(exception)) or _("Nothing yet: it is for a proposal to come.")),
        (_("Compensating control"), exception.control),
        (_("Why it is needed"), exception.reason),
        (_("Covers"), _("%(first)s to %(last)s") % term),
        (_("Asked for by"), str(exception.proposed_by)),
    ]  # fmt: skip


def conflicts_now(exception: SeparationException) -> list[str]:
    """What the person unites today or later that this rule keeps apart."""
    found = of_person(exception.person_id, clock.today())
    return [
        f"{held_in_words(c.one)} × {held_in_words(c.other)}{days_in_words(c)}"
        for c in found
        if c.rule.rule == exception.rule_id
    ]
