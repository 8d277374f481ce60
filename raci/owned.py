"""What a person owns, told to the lower app: as holdings, to whoever leaves, and to whoever would take a role or an area away."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from ismsroles.core import events
from raci.models import Asset, Risk
from roles import users
from roles.holdings import Holding, provider
from roles.leaving import Left, Outcome, People, left_open
from roles.models import Area, Person, Role
from roles.terms import in_words


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


# Nothing is taken from an owner who leaves, since nothing may be without one: the log and the findings say what is to be handed over,
# and whoever is told of the leaving is told of it (M4, M5, A6).


@left_open(
    "asset", lambda people: Asset.objects.kept().filter(owner_person__in=people), person="owner_person_id", title="name"
)
def assets_need_an_owner(rows: Sequence[Left], people: People, *, actor, reason: str) -> Iterator[Outcome]:
    """What somebody owns needs another owner."""
    for row in rows:
        asset = Asset(pk=row.pk, name=row.title)
        yield _handover("asset.owner_leaves", asset, people[row.person], actor, reason)


@left_open(
    "custody",
    lambda people: Asset.objects.kept().filter(custodian_person__in=people),
    person="custodian_person_id",
    title="name",
)
def assets_need_a_custodian(rows: Sequence[Left], people: People, *, actor, reason: str) -> Iterator[Outcome]:
    """What somebody looks after from day to day needs somebody else; its owner answers for it as before."""
    for row in rows:
        words = {"thing": row.title, "day": in_words(people[row.person].last_day)}
        sentence = _("%(thing)s needs another custodian after %(day)s.") % words
        yield Outcome(row.person, sentence, Asset(pk=row.pk).get_absolute_url(), is_open=True)


@left_open(
    "risk",
    lambda people: Risk.objects.standing().filter(owner_person__in=people),
    person="owner_person_id",
    title="reference",
    more="title",
)
def risks_need_an_owner(rows: Sequence[Left], people: People, *, actor, reason: str) -> Iterator[Outcome]:
    """A risk that somebody owns needs another owner."""
    for row in rows:
        risk = Risk(pk=row.pk, reference=row.title, title=row.more)
        yield _handover("risk.owner_leaves", risk, people[row.person], actor, reason)


def _handover(code: str, thing: Asset | Risk, person: Person, actor, reason: str) -> Outcome:
    day = {"day": person.last_day.isoformat()}
    event = events.prepare(code, actor=actor, subject=thing, reason=reason, person=person, **day)
    sentence = _("%(thing)s needs another owner after %(day)s.")
    words = {"thing": thing, "day": in_words(person.last_day)}
    return Outcome(person.pk, sentence % words, thing.get_absolute_url(), is_open=True, event=event)


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
