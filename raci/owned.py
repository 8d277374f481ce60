"""What a person owns, told to the lower app: as holdings, to whoever leaves, and to whoever would take a role or an area away."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from raci.models import Asset, Risk
from roles import users
from roles.holdings import Holding, provider
from roles.models import Area, Role


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
