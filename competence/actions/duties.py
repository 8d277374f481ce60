"""Acknowledging what everybody must do: each for themself, exactly what was shown (K6; design rule 2)."""

from django.db import transaction
from django.utils.translation import gettext as _

from competence.models import Acknowledgement
from competence.queries.duties import duties
from ismsroles.core import clock, events, history
from ismsroles.core.errors import NotAllowed, Stale, WrongState
from roles.models import Person, Role
from roles.policy import standing


@transaction.atomic
def acknowledge(role: Role, *, actor, seen: str) -> Acknowledgement:
    """I have read this wording. Twice has the effect of once; another wording than the one shown is refused."""
    who = standing(actor).person
    if who is None:
        raise NotAllowed(_("You are not in the register of people, so there is nothing for you to acknowledge."))
    person = Person.objects.select_for_update().get(pk=who.pk)
    now = next((one for one in duties() if one.role.pk == role.pk), None)
    if now is None:
        raise WrongState(_("Nobody is asked for this at present. Nothing was done."))
    if now.wording != seen:
        raise Stale(_("The duties changed while you were reading. Read them again, then acknowledge."))
    given = Acknowledgement.objects.filter(person=person, role=role, wording=seen).first()
    if given is not None:
        return given
    row = Acknowledgement(
        person=person, role=now.role, wording=seen, duties=list(now.lines), acknowledged_at=clock.now(), acknowledged_by=actor,
    )  # fmt: skip
    history.save(row, actor=actor)
    events.record("duties.acknowledged", actor=actor, subject=now.role, role=now.role)
    return row
