"""What is wrong in a matrix: pure functions of its picture, one rule each (M2, M7; A.5.2). They ask no database.

"A without the authority" means: the activity takes a decision for which the accountable role has no authorisation level in force;
or the role may decide nothing at all, for neither an authority nor a level is written for it; or everybody holds it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raci.models.matrix import DECISIONS
from raci.queries.picture import ColumnOfRole, Picture, Row

DECIDED = dict(DECISIONS)
FEW = 6  # with fewer activities than this no share says anything


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, with the row and the cells where it shows."""

    rule: str
    severity: str
    sentence: str
    detail: str = ""
    activity: int | None = None
    roles: tuple[int, ...] = ()
    url: str = ""
    action: str = ""
    since: date | None = None


Check = Callable[[Picture], Iterator[Fault]]


def faults(picture: Picture) -> list[Fault]:
    """Everything that is wrong, worst first, then in the order of the matrix."""
    found = [fault for check in CHECKS for fault in check(picture)]
    place = {pk: number for number, pk in enumerate(picture.rows)}
    worst = {"stop": 0, "warn": 1, "note": 2}
    return sorted(found, key=lambda fault: (worst[fault.severity], place.get(fault.activity, len(place))))


def not_exactly_one_accountable(picture: Picture) -> Iterator[Fault]:
    """Exactly one accountable role per activity (M2)."""
    for row in picture.rows.values():
        accountable = picture.with_letter(row.pk, "A")
        if len(accountable) == 1:
            continue
        if accountable:
            words = {"activity": row.title, "count": len(accountable)}
            sentence = _("%(activity)s has %(count)d accountable roles.") % words
            detail = _("%(roles)s. Exactly one role answers for an activity.") % {"roles": _names(accountable)}
        else:
            sentence = _("%(activity)s has no accountable role.") % {"activity": row.title}
            detail = _("Exactly one role answers for an activity.")
        yield _at("M2.accountable", "stop", row, sentence, detail, accountable)


def nobody_responsible(picture: Picture) -> Iterator[Fault]:
    """At least one role does the work (M2)."""
    for row in picture.rows.values():
        if not picture.with_letter(row.pk, "R"):
            sentence = _("%(activity)s has no responsible role.") % {"activity": row.title}
            yield _at("M2.responsible", "warn", row, sentence, _("Nobody is named who does it."))


def accountable_without_authority(picture: Picture) -> Iterator[Fault]:
    """Who answers must be able to decide (A.5.2, 5.3)."""
    for row in picture.rows.values():
        for column in picture.with_letter(row.pk, "A"):
            words = {"activity": row.title, "role": column.title}
            if column.kind == "everyone":
                sentence = _("Everybody is accountable for %(activity)s, so nobody is.") % words
                yield _at("M2.authority", "warn", row, sentence, _("Choose a role that somebody holds."), [column])
            elif row.decides and row.decides not in column.levels:
                words |= {"what": str(DECIDED[row.decides]).lower()}
                sentence = _("%(role)s answers for %(activity)s and may not decide it: %(what)s.") % words
                detail = _("Write an authorisation level of that kind for the role, or let another role answer.")
                yield _at("M2.authority", "warn", row, sentence, detail, [column])
            elif not (column.has_authority or column.levels):
                sentence = _("%(role)s answers for %(activity)s without any authority.") % words
                detail = _("Write down what the role may decide, or let another role answer.")
                yield _at("M2.authority", "warn", row, sentence, detail, [column])


def held_by_nobody(picture: Picture) -> Iterator[Fault]:
    """An A or R belongs to a role that somebody holds who is still there (A6)."""
    for column in picture.columns.values():
        if not column.is_vacant:
            continue
        rows = [row for row in picture.rows.values() if set(picture.cells[row.pk].get(column.pk, "")) & set("AR")]
        words = {"role": column.title, "count": len(rows)}
        for row in rows:
            sentence = _("%(activity)s depends on %(role)s, which nobody holds.") % (words | {"activity": row.title})
            yield _at("M2.vacant", "warn", row, sentence, _why_vacant(column), [column], since=_since(column))


def _why_vacant(column: ColumnOfRole) -> str:
    if column.state != "active":
        return _("The role is not in force.")
    if column.left is None:
        return _("Nobody has ever held it.")
    words = {"person": column.left[0], "day": formats.date_format(column.left[1], "j M Y")}
    return _("%(person)s held it until %(day)s.") % words


def _since(column: ColumnOfRole) -> date | None:
    return column.left[1] if column.left and column.state == "active" else None


def in_no_activity(picture: Picture) -> Iterator[Fault]:
    """A role of the register that has no letter anywhere does nothing that the matrix knows of (M1)."""
    used = {role for cells in picture.cells.values() for role in cells}
    for column in picture.columns.values():
        if picture.rows and column.pk not in used:
            sentence = _("%(role)s takes part in no activity.") % {"role": column.title}
            detail = _("Give it a letter, add the activity that it is for, or retire the role.")
            url = f"{reverse('matrix')}?edit=1#r{column.pk}"
            yield Fault("M1.unused", "note", sentence, detail, None, (column.pk,), url, _("Open the matrix"))


def nobody_informed(picture: Picture) -> Iterator[Fault]:
    """Where somebody has to be informed, somebody is (A.5.2)."""
    for row in picture.rows.values():
        if row.must_inform and not picture.with_letter(row.pk, "I"):
            sentence = _("Nobody is informed of %(activity)s.") % {"activity": row.title}
            yield _at("M2.informed", "warn", row, sentence, _("The activity asks that somebody is informed."))


def answers_for_too_much(picture: Picture) -> Iterator[Fault]:
    """One person who answers for more than the limit (M7)."""
    load, names = accountable_people(picture)
    for person, count in load.items():
        if count > picture.limits.person:
            sentence = _("%(person)s answers for %(count)d activities.") % {"person": names[person], "count": count}
            detail = _("The limit is %(limit)d. Spread what one person answers for.") % {"limit": picture.limits.person}
            url = f"{reverse('matrix')}?person={person}&letter=A"
            yield Fault("M7.person", "warn", sentence, detail, url=url, action=_("Show them"))


def accountable_people(picture: Picture) -> tuple[Counter[int], dict[int, str]]:
    """How many activities each person answers for today, and the names."""
    load: Counter[int] = Counter()
    names: dict[int, str] = {}
    for activity in picture.rows:
        people = {h.person: h.name for column in picture.with_letter(activity, "A") for h in column.holders}
        load.update(people.keys())
        names |= people
    return load, names


def does_and_answers(picture: Picture) -> Iterator[Fault]:
    """Where the activity asks for two people, A and R do not lie with the same one (A.5.3)."""
    for row in picture.rows.values():
        if not row.separate:
            continue
        answers, does = picture.with_letter(row.pk, "A"), picture.with_letter(row.pk, "R")
        doing = {holder.person for column in does for holder in column.holders}
        both = sorted({h.name for column in answers for h in column.holders if h.person in doing})
        same = [column for column in answers if column in does and not column.holders]
        if both or same:
            words = {"activity": row.title, "who": ", ".join(both or [column.title for column in same])}
            sentence = _("%(who)s does %(activity)s and answers for it.") % words
            detail = _("Here two different people are asked for.")
            yield _at("A5.does-and-answers", "warn", row, sentence, detail, [*answers, *does])


@dataclass(frozen=True)
class Share:
    """How much of what is answered for lies with one area."""

    area: int | None
    name: str
    count: int
    percent: int


def shares(picture: Picture) -> list[Share]:
    """How accountability spreads over areas: that of the role, else the one that all its holders belong to (M7)."""
    counted: Counter[int | None] = Counter()
    names: dict[int | None, str] = defaultdict(str)
    for activity in picture.rows:
        for column in picture.with_letter(activity, "A"):
            area, name = _area_of(column)
            counted[area] += 1
            names[area] = name
    total = sum(counted.values())
    found = [Share(a, names[a] or _("No one area"), n, round(100 * n / total)) for a, n in counted.items()]
    return sorted(found, key=lambda share: (-share.count, share.name))


def _area_of(column: ColumnOfRole) -> tuple[int | None, str]:
    areas = {(holder.area, holder.area_name) for holder in column.holders}
    return (column.area, column.area_name) if column.area else areas.pop() if len(areas) == 1 else (None, "")


def one_area_answers_for_most(picture: Picture) -> Iterator[Fault]:
    """ "Everything sits with IT": one area answers for more than its share (M7, D7)."""
    spread = shares(picture)
    total = sum(share.count for share in spread)
    for share in spread:
        if share.area and total >= FEW and share.percent > picture.limits.area:
            words = {"area": share.name, "percent": share.percent}
            sentence = _("%(area)s answers for %(percent)d per cent of all activities.") % words
            detail = ngettext("%(n)d of %(all)d activity.", "%(n)d of %(all)d activities.", total)
            detail = detail % {"n": share.count, "all": total} + " " + _("Let those who own the work answer for it.")
            url = f"{reverse('matrix-balance')}"
            yield Fault("M7.area", "warn", sentence, detail, url=url, action=_("See how it spreads"))


CHECKS: tuple[Check, ...] = (
    not_exactly_one_accountable,
    nobody_responsible,
    accountable_without_authority,
    held_by_nobody,
    nobody_informed,
    does_and_answers,
    answers_for_too_much,
    one_area_answers_for_most,
    in_no_activity,
)


def _at(
    rule: str, severity: str, row: Row, sentence: str, detail: str, columns: list[ColumnOfRole] = (), since=None
) -> Fault:
    """A fault of one row, mended in the matrix at that row."""
    url = f"{reverse('matrix')}?edit=1#a{row.pk}"
    marked = tuple(dict.fromkeys(column.pk for column in columns))
    return Fault(rule, severity, sentence, detail, row.pk, marked, url, _("Open the row"), since)


def _names(columns: list[ColumnOfRole]) -> str:
    return ", ".join(column.title for column in columns)
