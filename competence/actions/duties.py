"""Acknowledging what everybody must do: each for themself, or on a list that they signed; exactly what was shown (K6; rule 2)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from competence.actions.files import keep_paper
from competence.models import Acknowledgement, SignedList
from competence.queries.duties import Duties, duties
from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, NotAllowed, Stale, WrongState
from roles.models import Person, Role
from roles.policy import standing
from roles.terms import in_words


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


@transaction.atomic
def record_signed_list(role: Role, people: list[Person], *, actor, seen: str, signed_on: date, file: Any) -> SignedList:
    """These people signed on paper that they have read this wording: the list is kept as evidence, each name is one acknowledgement.

    Who has acknowledged already is left alone; a list from before this wording was for another one."""
    require(actor, "competence.duties.record")
    role = Role.objects.select_for_update().get(pk=role.pk)
    now = next((one for one in duties() if one.role.pk == role.pk), None)
    if now is None:
        raise WrongState(_("Nobody is asked for this at present. Nothing was done."))
    if now.wording != seen:
        raise Stale(_("The duties changed meanwhile: the list was signed for another wording. Nothing was done."))
    if signed_on > clock.today():
        raise Invalid(_("It cannot have been signed in the future."), "signed_on")
    if signed_on < now.since:
        sentence = _("These words are from %(day)s. A list that was signed before that was for other words.")
        raise Invalid(sentence % {"day": in_words(now.since)}, "signed_on")
    given = set(Acknowledgement.objects.filter(role=role, wording=seen).values_list("person_id", flat=True))
    missing = [person for person in people if person.pk not in given]
    if not missing:
        raise Invalid(_("Choose at least one person who has not acknowledged yet."), "people")
    kept = keep_paper(SignedList(role=role, wording=seen, signed_on=signed_on), file, actor)
    _acknowledged(missing, now, kept, actor)
    words = {"role": role, "count": len(missing), "sha256": kept.sha256, "signed_on": signed_on.isoformat()}
    events.record("duties.recorded", actor=actor, subject=role, **words)
    return kept


def _acknowledged(people: list[Person], now: Duties, kept: SignedList, actor) -> None:
    given = {
        "wording": now.wording,
        "duties": list(now.lines),
        "acknowledged_at": clock.now(),
        "acknowledged_by": actor,
    }
    rows = [Acknowledgement(person=person, role=now.role, signed_list=kept, **given) for person in people]
    Acknowledgement.objects.bulk_create(rows, batch_size=500)
