"""Interested parties: on the list, given a copy or a dated link, off the list (K2; design rule 12)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require, visible_to
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.core.shown import refuse_if_changed
from ismsroles.records.models import Version
from raci.actions import links
from raci.models import ReadingLink
from reviews.models import Given, Party

KEEP = "reviews.party.keep"


@transaction.atomic
def add_party(*, actor, **values: Any) -> Party:
    """Put somebody on the list."""
    require(actor, KEEP)
    row = history.save(Party(**values), actor=actor)
    events.record("party.added", actor=actor, subject=row)
    return row


@transaction.atomic
def change_party(party: Party, *, actor, seen: str = "", **values: Any) -> Party:
    """Change what is written about them."""
    party = _locked(party, actor)
    refuse_if_changed(party, seen)
    for name, value in values.items():
        setattr(party, name, value)
    history.save(party, actor=actor)
    events.record("party.changed", actor=actor, subject=party)
    return party


@transaction.atomic
def retire_party(party: Party, *, actor, reason: str = "") -> Party:
    """Take them off the list: their links stop working at once; what they were given stays written."""
    party = _locked(party, actor)
    party.retired = True
    history.save(party, actor=actor, reason=reason)
    for link in ReadingLink.objects.filter(given__party=party, revoked_at=None, ends_on__gte=clock.today()):
        links.revoke_link(link, actor=actor, reason=reason)
    events.record("party.retired", actor=actor, subject=party, reason=reason)
    return party


@transaction.atomic
def record_copy(party: Party, *, actor, version: Version, given_on: date, note: str = "") -> Given:
    """A copy was handed over: of which version, when, how."""
    party, version = _locked(party, actor), _signed(version, actor)
    if given_on > clock.today():
        raise Invalid(_("Record it when it was given, not before."), "given_on")
    row = _given(party, version, actor, way="copy", given_on=given_on, note=note)
    day = given_on.isoformat()
    events.record("party.given_copy", actor=actor, subject=party, version=version, day=day, sha256=row.sha256)
    return row


@transaction.atomic
def give_link(party: Party, *, actor, version: Version, ends_on: date, note: str = "") -> tuple[Given, str]:
    """A link that opens this version until a day; its secret is shown once and kept nowhere."""
    party, version = _locked(party, actor), _signed(version, actor)
    link, secret = links.make_link(actor=actor, purpose=str(party), ends_on=ends_on, version=version)
    row = _given(party, version, actor, way="link", given_on=clock.today(), note=note, link=link)
    until = ends_on.isoformat()
    events.record("party.given_link", actor=actor, subject=party, version=version, until=until, sha256=row.sha256)
    return row, secret


def _given(party: Party, version: Version, actor, **values: Any) -> Given:
    row = Given(
        party=party, version=version, sha256=version.final_id, given_by=actor, recorded_at=clock.now(), **values
    )  # fmt: skip
    return history.save(row, actor=actor)


def _signed(version: Version, actor) -> Version:
    found = visible_to(actor, Version).filter(pk=version.pk).first()
    if found is None or not found.is_signed:
        raise Invalid(_("Only a signed version leaves the house. Choose one."), "version")
    return found


def _locked(party: Party, actor) -> Party:
    require(actor, KEEP)
    party = Party.objects.select_for_update().get(pk=party.pk)
    if party.retired:
        raise WrongState(_("%(party)s is off the list. Nothing was done.") % {"party": party})
    return party
