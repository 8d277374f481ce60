"""What rests on one person alone (A9)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from roles.findings.register import place
from roles.queries.held import held_roles
from roles.queries.what_if import MANY_ROLES, loads, single_roles

Found = Iterator[dict[str, Any]]


@rule("A9.one-person", title=gettext_lazy("Rests on one person"), clause="5.3", severity="note")
def a_role_of_several_rests_on_one(day: date) -> Found:
    """A role for several holders, or a body, that one person holds alone without a deputy (A9). For one holder see A7."""
    for single in single_roles(day):
        if single.held.role.kind in ("many", "body") and len(single.held.holders) == 1:
            words = {"role": single.held.role, "person": single.holders[0].person}
            sentence = _("%(role)s rests on %(person)s alone, without a deputy.") % words
            url = place("person-what-if", single.holders[0].person_id)
            yield {"sentence": sentence, "url": url, "action": _("What if they leave?"), "detail": "", "since": None}


@rule("A9.many", title=gettext_lazy("Much rests on one person"), clause="5.3", severity="warn")
def one_person_holds_many_roles(day: date) -> Found:
    """Nobody holds more than five roles: their absence would be felt everywhere at once (A9)."""
    for load in loads(day):
        if len(load.roles) > MANY_ROLES:
            words = {"person": load.person, "count": len(load.roles)}
            sentence = _("%(person)s holds %(count)d roles.") % words
            detail = ", ".join(str(held.role) for held in load.roles)
            url = place("person-what-if", load.person.pk)
            yield {
                "sentence": sentence,
                "url": url,
                "action": _("What if they leave?"),
                "detail": detail,
                "since": None,
            }


@rule("A3.stuck", title=gettext_lazy("Nobody may decide"), clause="5.3", severity="stop")
def nobody_may_decide(day: date) -> Found:
    """Every proposal that waits can be decided by somebody, also after a leaver's last day (A3; rule 1)."""
    from roles.queries.assignments import who_may_decide

    for held in held_roles(day):
        for seat in held.seats:
            if seat.state == "proposed" and not who_may_decide(seat):
                words = {"person": seat.person, "role": held.role}
                sentence = _("Nobody may decide on %(person)s for %(role)s.") % words
                detail = _("Another approver from top management is needed, or somebody else proposes it anew.")
                url = place("assignment", seat.pk)
                action = _("Open the proposal")
                yield {"sentence": sentence, "url": url, "action": action, "detail": detail, "since": None}
