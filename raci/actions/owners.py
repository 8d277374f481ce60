"""Assets and who answers for them: add, change, take out of use, bring back (M4)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from raci.models import Asset
from roles.actions import changes
from roles.models import Person, Role

KEEP = "raci.asset.keep"
PARTIES = ("owner_role", "owner_person", "custodian_role", "custodian_person")


@transaction.atomic
def add_asset(*, actor, **values: Any) -> Asset:
    """A new asset, with an owner if one is known; without one it is a finding (M4)."""
    require(actor, KEEP)
    asset = Asset(**values)
    refuse_unfit(asset, PARTIES)
    history.save(asset, actor=actor)
    events.record("asset.added", actor=actor, subject=asset, owner=named(asset.owner))
    return asset


@transaction.atomic
def change_asset(asset: Asset, *, actor, reason: str = "", **values: Any) -> Asset:
    """Change what is written about an asset, its owner included."""
    require(actor, KEEP)
    asset = _locked(asset)
    _refuse_retired(asset)
    before = {party: getattr(asset, f"{party}_id") for party in PARTIES}
    if what := changes.apply(asset, values):
        refuse_unfit(asset, [party for party in PARTIES if getattr(asset, f"{party}_id") != before[party]])
        history.save(asset, actor=actor, reason=reason)
        events.record("asset.changed", actor=actor, subject=asset, what=what, reason=reason)
    return asset


@transaction.atomic
def retire_asset(asset: Asset, *, actor, reason: str = "") -> Asset:
    """Take an asset out of use: it needs no owner any more, and stays readable."""
    require(actor, KEEP)
    asset = _locked(asset)
    _refuse_retired(asset)
    asset.retired_on = clock.today()
    history.save(asset, actor=actor, reason=reason)
    events.record("asset.retired", actor=actor, subject=asset, reason=reason)
    return asset


@transaction.atomic
def bring_back_asset(asset: Asset, *, actor) -> Asset:
    """Use an asset again, as it was."""
    require(actor, KEEP)
    asset = _locked(asset)
    if asset.retired_on is None:
        raise WrongState(_("%(asset)s is in use. There is nothing to bring back.") % {"asset": asset})
    asset.retired_on = None
    history.save(asset, actor=actor)
    events.record("asset.brought_back", actor=actor, subject=asset)
    return asset


def refuse_unfit(owned: Any, parties: Any) -> None:
    """Only somebody who is there, and only a role that is not retired, is made owner or custodian (rule 4)."""
    for party in parties:
        if not hasattr(owned, f"{party}_id"):
            continue
        chosen = getattr(owned, party)
        if isinstance(chosen, Person) and not chosen.is_current(clock.today()):
            words = {"person": chosen}
            raise Invalid(_("%(person)s is not with the organisation today. Choose somebody who is.") % words, party)
        if isinstance(chosen, Role) and chosen.state == "retired":
            raise Invalid(_("%(role)s is retired. Choose a role that is not.") % {"role": chosen}, party)
        if isinstance(chosen, Role) and chosen.kind == "everyone":
            raise Invalid(_("Everybody holds %(role)s, so nobody would answer for it.") % {"role": chosen}, party)


def named(owner: Role | Person | None) -> str:
    """The owner in a sentence."""
    return str(owner) if owner else _("nobody yet")


def _locked(asset: Asset) -> Asset:
    rows = Asset.objects.select_for_update(of=("self",))
    return rows.select_related("owner_role", "owner_person", "custodian_role", "custodian_person").get(pk=asset.pk)


def _refuse_retired(asset: Asset) -> None:
    if asset.retired_on is not None:
        raise WrongState(_("%(asset)s is out of use and stays as it was. Bring it back first.") % {"asset": asset})
