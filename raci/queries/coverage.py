"""What the guidance says must have an owner, each with its owner or its gap (coverage M6)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from raci.models import Asset
from raci.models.matrix import DECISIONS
from raci.queries import acceptances, owning
from raci.queries.picture import ColumnOfRole, picture
from roles.models import AuthorisationLevel
from roles.queries.guidance import held
from roles.queries.held import HeldRole, held_roles

NAMED = 4
WITHOUT = gettext_lazy("%(bare)d of %(all)d without anybody who answers for it.")


@dataclass(frozen=True)
class Line:
    """One thing that must have an owner."""

    what: str
    state: str  # good, warn or stop
    sentence: str
    who: str = ""
    url: str = ""
    action: str = ""


@dataclass
class Chapter:
    """One entry of the guidance's list."""

    title: str
    clause: str
    lines: list[Line] = field(default_factory=list)


def chapters(day: date) -> list[Chapter]:
    """The list that the guidance gives; a number of questions that does not grow."""
    return [_assets(day), _processes(day), _risks(day), _everybody(day), _levels(day)]


def _assets(day: date) -> Chapter:
    chapter = Chapter(_("Assets"), "A.5.9")
    by_kind = defaultdict(list)
    for one in owning.assets(day):
        by_kind[one.kind].append(one)
    for kind, words in Asset.KINDS:
        rows, url = by_kind[kind], f"{reverse('assets')}?kind={kind}"
        bare = [one for one in rows if not one.is_answered_for]
        label = str(capfirst(words))
        if not rows:
            add = f"{reverse('asset-add')}?kind={kind}"
            chapter.lines.append(Line(label, "warn", _("None is written down."), url=add, action=_("Add the first")))
        elif bare:
            said = WITHOUT
            words = str(said) % {"bare": len(bare), "all": len(rows)}
            shown = "none" if any(one.state == "none" for one in bare) else "gone"
            chapter.lines.append(
                Line(
                    label,
                    "stop",
                    words,
                    _names(one.thing.name for one in bare),
                    f"{url}&show={shown}",
                    _("Name owners"),
                )
            )
        else:
            said = ngettext("%(n)d, with its owner.", "%(n)d, each with its owner.", len(rows)) % {"n": len(rows)}
            chapter.lines.append(
                Line(label, "good", said, _names(str(one.thing.owner) for one in rows), url, _("See them"))
            )
    return chapter


def _processes(day: date) -> Chapter:
    """Each process of the matrix: every activity with one accountable role that somebody holds."""
    chapter, matrix = Chapter(_("Security processes"), "A.5.2"), picture(day)
    by_group: dict[str, list[tuple[str, list[ColumnOfRole]]]] = defaultdict(list)
    for row in matrix.rows.values():
        by_group[row.group_name].append((row.title, matrix.with_letter(row.pk, "A")))
    for group, rows in by_group.items():
        chapter.lines.append(_process(group, rows))
    if not by_group:
        said = _("No activity is written down.")
        chapter.lines.append(Line(_("Activities"), "stop", said, url=reverse("matrix"), action=_("Open the matrix")))
    return chapter


def _process(group: str, rows: list[tuple[str, list[ColumnOfRole]]]) -> Line:
    bare = [title for title, roles in rows if len(roles) != 1 or roles[0].is_vacant]
    if bare:
        said = str(WITHOUT) % {"bare": len(bare), "all": len(rows)}
        return Line(group, "stop", said, _names(bare), reverse("matrix"), _("Open the matrix"))
    who = _names(roles[0].title for _title, roles in rows)
    return Line(group, "good", _("Each activity has one who answers for it."), who, reverse("matrix"), _("See who"))


def _is_held(one: HeldRole | None) -> bool:
    return one is not None and not one.is_vacant


def _risks(day: date) -> Chapter:
    chapter, rows = Chapter(_("Risk management and acceptance"), "6.1"), owning.risks(day)
    bare = [one for one in rows if not one.is_answered_for]
    url = reverse("risks")
    if not rows:
        line = Line(
            _("Owners of risks"),
            "warn",
            _("No risk is written down."),
            url=reverse("risk-add"),
            action=_("Add the first"),
        )
    elif bare:
        said = WITHOUT
        words = str(said) % {"bare": len(bare), "all": len(rows)}
        line = Line(_("Owners of risks"), "stop", words, _names(str(one.thing) for one in bare), url, _("Name owners"))
    else:
        said = ngettext("%(n)d risk, with its owner.", "%(n)d risks, each with its owner.", len(rows)) % {
            "n": len(rows)
        }
        line = Line(
            _("Owners of risks"), "good", said, _names(str(one.thing.owner) for one in rows), url, _("See them")
        )
    chapter.lines += [line, _accepted(rows, url)]
    chapter.lines.append(_served(day, "6.1", _("Process of managing risks")))
    return chapter


def _accepted(rows: list[owning.Owning], url: str) -> Line:
    wrong = [row for one in rows for row, _fault in acceptances.faults(one)]
    given = sum(bool(acceptances.in_force(one)) for one in rows)
    label = _("Acceptance of residual risk")
    if wrong:
        said = ngettext("%(n)d acceptance is not in order.", "%(n)d acceptances are not in order.", len(wrong)) % {
            "n": len(wrong)
        }
        return Line(label, "stop", said, _names(str(row.risk) for row in wrong), url, _("See them"))
    said = ngettext("%(n)d acceptance in force, in order.", "%(n)d acceptances in force, in order.", given) % {
        "n": given
    }
    return Line(
        label,
        "good" if given else "warn",
        said if given else _("None is recorded."),
        url=url,
        action=_("See the risks"),
    )


def _served(day: date, clause: str, label: str) -> Line:
    serving = [one for one in held_roles(day) if any(code.startswith(clause) for code in one.role.clauses)]
    held = [one for one in serving if _is_held(one)]
    if held:
        who = _names(one.role.title for one in held)
        return Line(
            label,
            "good",
            _("Held by a role that serves clause %(clause)s.") % {"clause": clause},
            who,
            reverse("roles"),
            _("See roles"),
        )
    said = _("No role in force that serves clause %(clause)s is held.") % {"clause": clause}
    return Line(label, "warn", said, _names(one.role.title for one in serving), reverse("roles"), _("See roles"))


def _everybody(day: date) -> Chapter:
    chapter = Chapter(_("All personnel"), "A.5.2")
    everyone = [one for one in held_roles(day) if one.role.kind == "everyone"]
    written = [one for one in everyone if one.duties]
    if written:
        count = sum(len(one.duties) for one in written)
        said = ngettext(
            "%(n)d duty for everybody is written down.", "%(n)d duties for everybody are written down.", count
        ) % {"n": count}
        url = written[0].role.get_absolute_url()
        chapter.lines.append(
            Line(_("Duties of everybody"), "good", said, _names(one.role.title for one in written), url, _("Read them"))
        )
    else:
        said = _("No role in force says what everybody has to do.")
        chapter.lines.append(
            Line(
                _("Duties of everybody"),
                "stop",
                said,
                url=reverse("roles"),
                action=_("Take it from the starter library"),
            )
        )
    return chapter


def _levels(day: date) -> Chapter:
    """Each kind of decision that an ISMS needs: which roles may take it, up to a written limit, and are held (R6)."""
    chapter, rows = Chapter(_("Authorisation levels"), "A.5.2"), AuthorisationLevel.objects.filter(state="active")
    by_kind = defaultdict(list)
    for row in rows.select_related("role").annotate(is_held=held(day)).order_by("pk"):
        by_kind[row.kind].append(row)
    chapter.lines += [_level(kind, str(words), by_kind[kind]) for kind, words in DECISIONS]
    return chapter


def _level(kind: str, label: str, rows: list[AuthorisationLevel]) -> Line:
    """One kind of decision."""
    able = [row for row in rows if row.role.state == "active" and (row.is_held or row.role.kind == "everyone")]
    bare = [row for row in rows if not row.limit_kind]
    if not rows:
        add = f"{reverse('level-add')}?kind={kind}"
        return Line(label, "stop", _("Nobody may decide it."), url=add, action=_("Write a level"))
    if not able:
        who = _names(row.role.title for row in rows)
        return Line(
            label, "stop", _("Nobody holds a role that may decide it."), who, reverse("levels"), _("See levels")
        )
    if bare:
        said = ngettext("%(n)d level has no limit yet.", "%(n)d levels have no limit yet.", len(bare)) % {
            "n": len(bare)
        }
        return Line(
            label,
            "warn",
            said,
            _names(row.role.title for row in bare),
            f"{reverse('levels')}?show=no-limit",
            _("Write it"),
        )
    said = ngettext("%(n)d level, with its limit.", "%(n)d levels, each with its limit.", len(rows)) % {"n": len(rows)}
    return Line(label, "good", said, _names(row.role.title for row in able), reverse("levels"), _("See levels"))


def _names(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    return "; ".join(found[:NAMED]) + (_(" and %(n)d more") % {"n": len(found) - NAMED} if len(found) > NAMED else "")
