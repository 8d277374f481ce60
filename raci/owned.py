"""What a person owns, told to the lower app: as holdings, to whoever leaves, and to whoever would take a role or an area away."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ismsroles.core import events
from raci.models import Asset, Risk
from roles import users
from roles.holdings import Holding, provider
from roles.leaving import Outcome, on_leaving
from roles.models import Area, Person, Role


@provider
def _assets(people: Collection[int] | None, first: date, last: date | None) -> Iterable[Holding]:
    """Assets that people own or look after by name. What a role owns goes with the role."""
    rows = Asset.objects.kept().exclude(owner_person=None, custodian_person=None)
    if people is not None:
        rows = rows.filter(Q(owner_person__in=people) | Q(custodian_person__in=people))
    for asset in rows:
        for person, how in ((asset.owner_person_id, "owner"), (asset.custodian_person_id, "custodian")):
            if person is not None and (people is None or person in people):
                yield Holding(person, "ownership", how, asset.name, asset.get_absolute_url(), asset.pk)


@provider
def _risks(people: Collection[int] | None, first: date, last: date | None) -> Iterable[Holding]:
    """Risks that people own by name."""
    rows = Risk.objects.standing().exclude(owner_person=None)
    for risk in rows if people is None else rows.filter(owner_person__in=people):
        yield Holding(risk.owner_person_id, "ownership", "owner", str(risk), risk.get_absolute_url(), risk.pk)


@on_leaving
def another_owner_is_needed(people: Sequence[Person], *, actor, reason: str) -> Iterable[Outcome]:
    """Nothing is taken from an owner who leaves, since nothing may be without one: the log and the findings say what is to be
    handed over, and whoever is told of the leaving is told of it (M4, M5, A6)."""
    by_id = {person.pk: person for person in people}
    for thing in Asset.objects.kept().filter(owner_person__in=by_id):
        yield _handover("asset.owner_leaves", thing, by_id[thing.owner_person_id], actor, reason)
    for thing in Risk.objects.standing().filter(owner_person__in=by_id):
        yield _handover("risk.owner_leaves", thing, by_id[thing.owner_person_id], actor, reason)


def _handover(code: str, thing: Asset | Risk, person: Person, actor, reason: str) -> Outcome:
    event = events.prepare(
        code, actor=actor, subject=thing, reason=reason, person=person, day=person.last_day.isoformat()
    )
    words = {"thing": thing, "day": date_format(person.last_day, "j M Y")}
    sentence = _("%(thing)s needs another owner from %(day)s on.") % words
    return Outcome(person.pk, sentence, thing.get_absolute_url(), is_open=True, event=event)


@users.of(Role)
def _of_role(role: Role) -> Iterable[str]:
    """A role is not retired while it owns or looks after something (rule 7)."""
    kept = Asset.objects.kept().filter(Q(owner_role=role) | Q(custodian_role=role))
    for asset in kept[:50]:
        words = {"asset": asset}
        yield _("Owner of %(asset)s") % words if asset.owner_role_id == role.pk else _("Custodian of %(asset)s") % words
    yield from (
        _("Owner of the risk %(risk)s") % {"risk": risk} for risk in role.risks_owned.filter(closed_on=None)[:50]
    )


@users.of(Area)
def _of_area(area: Area) -> Iterable[str]:
    """An area is not removed while assets are in it."""
    yield from (_("Asset: %s") % asset for asset in area.assets.all()[:50])
