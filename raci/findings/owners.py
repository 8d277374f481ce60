"""What must have an owner and has none, or one who is gone (coverage M4, M5; A.5.9)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ismsroles.core.findings import rule
from raci.models import Asset
from raci.queries import acceptances, owning
from raci.queries.owning import Owning

Found = Iterator[dict[str, Any]]
ONE_BY_ONE = 5  # more of a kind than this are said in one line, with the list behind it
KINDS = {
    "information": lambda n: ngettext(
        "%(n)d information asset has no owner.", "%(n)d information assets have no owner.", n
    ),
    "system": lambda n: ngettext("%(n)d system has no owner.", "%(n)d systems have no owner.", n),
    "data_set": lambda n: ngettext("%(n)d data set has no owner.", "%(n)d data sets have no owner.", n),
    "share": lambda n: ngettext("%(n)d shared drive has no owner.", "%(n)d shared drives have no owner.", n),
    "cloud": lambda n: ngettext("%(n)d cloud service has no owner.", "%(n)d cloud services have no owner.", n),
    "supplier": lambda n: ngettext("%(n)d supplier has no owner.", "%(n)d suppliers have no owner.", n),
}


def _row(thing: Any, sentence: str, action: str, detail: str = "", since: date | None = None) -> dict[str, Any]:
    return {"sentence": sentence, "url": thing.get_absolute_url(), "action": action, "detail": detail, "since": since}


@rule("M4", title=gettext_lazy("No owner"), clause="A.5.9", severity="stop")
def an_asset_has_no_owner(day: date) -> Found:
    """Every asset in use has one accountable owner (M4)."""
    yield from _unowned([one for one in owning.assets(day) if one.kind != "cloud"])


@rule("M4.saas", title=gettext_lazy("Cloud service without owner"), clause="A.5.9", severity="stop")
def a_cloud_service_has_no_owner(day: date) -> Found:
    """A cloud service has an owner inside the organisation as well: “because it is SaaS” is no answer (M4, D7)."""
    detail = _("The provider runs it. Who may use it, for what, and what happens to the data is decided here.")
    yield from _unowned([one for one in owning.assets(day) if one.kind == "cloud"], detail)


def _unowned(things: list[Owning], detail: str = "") -> Found:
    by_kind: dict[str, list[Asset]] = defaultdict(list)
    for one in things:
        if one.state == "none":
            by_kind[one.kind].append(one.thing)
    for kind, rows in by_kind.items():
        yield from _all_of(kind, rows, detail) if len(rows) > ONE_BY_ONE else _each_of(rows, detail)


def _each_of(rows: list[Asset], detail: str) -> Found:
    for asset in rows:
        words = {"asset": asset, "kind": asset.get_kind_display()}
        yield _row(asset, _("%(asset)s (%(kind)s) has no owner.") % words, _("Name an owner"), detail)


def _all_of(kind: str, rows: list[Asset], detail: str) -> Found:
    sentence = KINDS[kind](len(rows)) % {"n": len(rows)}
    url = f"{reverse('assets')}?show=none&kind={kind}"
    names = ", ".join(asset.name for asset in rows[:3]) + " …"
    yield {
        "sentence": sentence,
        "url": url,
        "action": _("See them"),
        "detail": f"{names} {detail}".strip(),
        "since": None,
    }


@rule("M4.left", title=gettext_lazy("Owner of an asset has left"), clause="A.5.9", severity="stop")
def the_owner_of_an_asset_has_left(day: date) -> Found:
    """Who answers for an asset is with the organisation (M4, A6)."""
    yield from _left(owning.assets(day))


@rule("M4.vacant", title=gettext_lazy("Asset of a vacant role"), clause="A.5.9", severity="warn")
def the_role_that_owns_an_asset_is_vacant(day: date) -> Found:
    """A role that owns an asset is in force and held (M4)."""
    yield from _vacant(owning.assets(day))


@rule("M4.leaves", title=gettext_lazy("Owner of an asset leaves"), clause="A.5.9", severity="warn")
def the_owner_of_an_asset_leaves_soon(day: date) -> Found:
    """Before an owner leaves, another one is named (M4, A9)."""
    yield from _leaving(owning.assets(day))


@rule("M4.custodian", title=gettext_lazy("Custodian has left"), clause="A.5.9", severity="note")
def the_custodian_has_left(day: date) -> Found:
    """Who looks after an asset for its owner is with the organisation (M4)."""
    for one in owning.assets(day):
        person = one.thing.custodian_person
        if person is not None and person.last_day is not None and person.last_day < day:
            words = {"person": person, "asset": one.thing}
            sentence = _("%(person)s, custodian of %(asset)s, has left.") % words
            yield _row(one.thing, sentence, _("Name another custodian"), since=person.last_day)


@rule("M5", title=gettext_lazy("Risk without owner"), clause="6.1.2", severity="stop")
def a_risk_has_no_owner(day: date) -> Found:
    """Every risk has an owner (M5, D7; 6.1.2 c)."""
    for one in owning.risks(day):
        if one.state == "none":
            yield _row(one.thing, _("The risk %(risk)s has no owner.") % {"risk": one.thing}, _("Name an owner"))


@rule("M5.left", title=gettext_lazy("Owner of a risk has left"), clause="6.1.2", severity="stop")
def the_owner_of_a_risk_has_left(day: date) -> Found:
    """Who answers for a risk is with the organisation (M5, A6)."""
    yield from _left(owning.risks(day))


@rule("M5.vacant", title=gettext_lazy("Risk of a vacant role"), clause="6.1.2", severity="warn")
def the_role_that_owns_a_risk_is_vacant(day: date) -> Found:
    """A role that owns a risk is in force and held (M5)."""
    yield from _vacant(owning.risks(day))


@rule("M5.leaves", title=gettext_lazy("Owner of a risk leaves"), clause="6.1.2", severity="warn")
def the_owner_of_a_risk_leaves_soon(day: date) -> Found:
    """Before the owner of a risk leaves, another one is named (M5, A9)."""
    yield from _leaving(owning.risks(day))


@rule("M5.accepted", title=gettext_lazy("Accepted by somebody else"), clause="6.1.3", severity="stop")
def accepted_by_who_may_not(day: date) -> Found:
    """What remains of a risk is accepted by its owner (M5; 6.1.3 f)."""
    yield from _faulty(day, {"other"}, _("See who accepted it"))


@rule("M5.authority", title=gettext_lazy("Accepted without authority"), clause="6.1.3", severity="stop")
def accepted_without_authority(day: date) -> Found:
    """Whoever accepts a risk may accept that much, by the authorisation levels (M5, R6)."""
    yield from _faulty(day, {"authority"}, _("See who accepted it"))


@rule("M5.expired", title=gettext_lazy("Acceptance has expired"), clause="6.1.3", severity="warn")
def an_acceptance_is_over(day: date) -> Found:
    """An acceptance holds until its last day, then it is decided again; it covers the level that remains, by somebody who is there (M5)."""
    yield from _faulty(day, {"expired", "level", "left"}, _("Record a new one"))


def _faulty(day: date, codes: set[str], action: str) -> Found:
    for one in owning.risks(day):
        for row, fault in acceptances.faults(one):
            if fault.code in codes:
                since = row.until if fault.code == "expired" else None
                yield _row(one.thing, fault.sentence, action, fault.detail, since)


def _left(things: list[Owning]) -> Found:
    for one in things:
        if one.state in ("left", "absent"):
            person = one.thing.owner_person
            words = {"person": person, "thing": one.thing}
            sentence = _("%(person)s, owner of %(thing)s, is not with the organisation.") % words
            if one.state == "left":
                words["day"] = formats.date_format(person.last_day, "j M Y")
                sentence = _("%(person)s, owner of %(thing)s, left on %(day)s.") % words
            yield _row(one.thing, sentence, _("Name another owner"), since=person.last_day)


def _vacant(things: list[Owning]) -> Found:
    for one in things:
        if one.state == "vacant":
            words = {"role": one.thing.owner_role, "thing": one.thing}
            sentence = _("%(thing)s belongs to %(role)s, which nobody holds.") % words
            since = one.seat.vacant_since if one.seat else None
            yield _row(one.thing, sentence, _("Name another owner"), _("Or fill the role."), since)


def _leaving(things: list[Owning]) -> Found:
    for one in things:
        if one.state == "leaves":
            words = {"owner": one.thing.owner, "thing": one.thing, "day": formats.date_format(one.ends_on, "j M Y")}
            sentence = _("%(owner)s, owner of %(thing)s, leaves on %(day)s.") % words
            if one.thing.owner_role_id:
                sentence = _("%(thing)s belongs to %(owner)s, which is vacant after %(day)s.") % words
            yield _row(one.thing, sentence, _("Name the next owner"))
