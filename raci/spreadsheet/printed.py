"""The matrix on paper: parts that keep their headings, as PDF/A-3a and PDF/UA-1 through the records' own printer (M1)."""

from dataclasses import dataclass
from math import ceil
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.core.models import Organisation
from raci.letters import in_signs
from raci.spreadsheet.export import legend
from raci.spreadsheet.register import Matrix

ACROSS = 16  # roles beside each other on a landscape page
ROLES_AT_MOST, CELLS_AT_MOST = 48, 5_000  # a larger matrix is printed as a list: each activity with its roles
STYLE = Path(__file__).parent / "printed.css"


@dataclass(frozen=True)
class Part:
    """Some of the roles, with all activities in their processes."""

    number: int
    roles: list[str]
    groups: list[tuple[str, list[tuple[str, list[str]]]]]
    share: str  # width of a column in millimetres


def parts(matrix: Matrix, across: int = ACROSS) -> list[Part]:
    """Parts of about equal size, so that no page lacks its headings."""
    if not matrix.roles or not matrix.activities:  # a table without a row is none (PDF/UA)
        return []
    size = ceil(len(matrix.roles) / ceil(len(matrix.roles) / across))
    starts = range(0, len(matrix.roles), size)
    return [_part(number, matrix, matrix.roles[start : start + size]) for number, start in enumerate(starts, 1)]


def _part(number: int, matrix: Matrix, roles: list[tuple[int, str]]) -> Part:
    groups: dict[str, list[tuple[str, list[str]]]] = {}
    for pk, title, group in matrix.activities:
        cells = [in_signs(letters) if (letters := matrix.letters.get((pk, role))) else "" for role, _title in roles]
        groups.setdefault(group, []).append((title, cells))
    return Part(number, [title for _pk, title in roles], list(groups.items()), f"{199 / len(roles):.2f}")


def listed(matrix: Matrix) -> list[tuple[str, list[tuple[str, list[tuple[str, str]]]]]]:
    """Each activity with (letter, roles), the accountable role first."""
    by_activity: dict[int, list[tuple[int, str]]] = {}
    for (activity, role), letters in matrix.letters.items():
        by_activity.setdefault(activity, []).append((role, letters))
    titles, groups = dict(matrix.roles), {}
    for pk, title, group in matrix.activities:
        cells = by_activity.get(pk, [])
        named = [
            (letter, "; ".join(sorted(titles[r] for r, letters in cells if letter in letters and r in titles)))
            for letter in "ARSCI"
        ]
        groups.setdefault(group, []).append((title, [(letter, names) for letter, names in named if names]))
    return list(groups.items())


def is_large(matrix: Matrix) -> bool:
    """Whether a grid would be more pages than anybody reads."""
    return len(matrix.roles) > ROLES_AT_MOST or len(matrix.roles) * len(matrix.activities) > CELLS_AT_MOST


def pdf(matrix: Matrix) -> bytes:
    """The drafted matrix as one file. It says on each page that it is a draft: what is signed stands in the document."""
    from ismsroles.records.pdf import archive  # loaded by who prints, not by every process
    from ismsroles.records.pdf import parts as record

    organisation, moment = Organisation.current(), clock.now().astimezone(clock.UTC).isoformat(timespec="seconds")
    large = is_large(matrix)
    context = {
        "parts": [] if large else parts(matrix), "listed": listed(matrix) if large else [], "legend": legend().items(),
        "title": _("Who does what"), "organisation": organisation, "day": clock.today(),
    }  # fmt: skip
    html = render_to_string("raci/printed/matrix.html", context)
    running = {
        "owner": organisation.name, "state": _("Draft of %(day)s") % {"day": record.day(clock.today())}, "code": _("Not signed"),
        "page": _("Page") + " ", "of": " / ",
    }  # fmt: skip
    shell = record.shell(
        html, title=_("Who does what"), language=(get_language() or "en").split("-")[0], author=organisation.name,
        description=_("Activities by roles: responsible, accountable, supporting, consulted, informed"), frozen=moment,
    )  # fmt: skip
    style = record.stylesheet(STYLE.read_text(encoding="utf-8"), accent=organisation.accent, running=running)
    return archive.render(shell, style, frozen=moment)
