"""Offers, answers, checks and ends a delegation, as the tests of delegation do."""

from datetime import timedelta

from ismsroles.core import clock
from ismsroles.core.shown import fingerprint
from roles.actions import delegations
from roles.models import Delegation, DelegationCheck
from roles.queries import delegations as queries

DAY = timedelta(days=1)


def offer(cast, **values) -> Delegation:
    """Hana asks Cole to carry out the first of her responsibilities for 60 days, looked at every month."""
    held = values.pop("assignment", cast.held.holder)
    today = clock.today()
    terms = {"delegate": cast.people.colleague, "responsibilities": [held.role.responsibilities.first()], "actor": cast.holder,
             "starts_on": today, "ends_on": today + 60 * DAY, "every": 1, "unit": "month"}  # fmt: skip
    return delegations.offer_delegation(held, **terms | values)


def answer(made, actor, verb="accept", **values) -> Delegation:
    act = {"accept": delegations.accept_delegation, "decline": delegations.decline_delegation}[verb]
    seen = values.pop("seen", fingerprint(queries.shown(made)))
    return act(made, actor=actor, seen_hash=seen, reason=values.get("reason", "No time"))


def check(made, actor, **values) -> DelegationCheck:
    terms = {"on": clock.today(), "looked_at": "The list of October", "result": "ok"}
    return delegations.record_check(made, actor=actor, **terms | values)


def end(made, actor, **values) -> Delegation:
    return delegations.end_delegation(made, actor=actor, **{"last_day": clock.today(), "reason": "Back again"} | values)


def answer_direct(made: Delegation) -> None:
    values = {
        "answered_by": made.delegated_by,
        "answered_by_person": made.delegate,
        "answered_at": clock.now(),
        "seen_hash": "x",
    }
    Delegation.objects.filter(pk=made.pk).update(state="accepted", **values)
