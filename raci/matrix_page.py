"""The matrix as its page shows it. The whole of it is one part, made once for each state of the tables that stand in it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ismsroles.core import clock, unchanged
from raci import listing
from raci.checks import Fault, faults
from raci.forms.matrix import NAMES, MatrixFilter
from raci.grid import Lines, people_rows
from raci.models import (
    LETTERS,
    Activity,
    ActivityGroup,
    Allocation,
    Column,
    Limits,
    Publication,
    PublishedActivity,
    PublishedGroup,
)
from raci.queries.picture import Picture, picture, read_again
from raci.queries.published import PublishedRow, published_rows
from raci.queries.sheets import Asked, Sheet, choices, loads, sheet_of
from raci.strip import strip
from roles.models import Area, Assignment, AuthorisationLevel, Authority, Person, Role

# Every table that is read for it; a test compares them with the statements that are sent.
TABLES = (
    ActivityGroup, Activity, Allocation, Column, Limits, Publication, PublishedGroup, PublishedActivity,
    Role, Authority, AuthorisationLevel, Assignment, Person, Area,
)  # fmt: skip
PLAIN = {"state", "edit"}  # what the address may carry without narrowing anything
WAYS = {"state": ([], ["published"]), "by": ([], ["role"])}
Matrix = tuple[Picture, list[Fault], dict[int, PublishedRow]]


@dataclass(frozen=True)
class Shown:
    """The matrix with everything around it that is about the matrix, and what the head of the page has to know of it."""

    content: bytes
    has_rows: bool
    is_published: bool


def shown(request: HttpRequest, asked: Asked, *, keeps: bool, drafts: bool) -> Shown:
    """What this person sees; a narrowed matrix is made anew each time."""
    state = unchanged.state_of(TABLES)
    key = (
        "matrix",
        asked.state,
        "state" in request.GET,
        keeps,
        drafts,
        clock.today(),
        str(clock.zone()),
        get_language(),
    )
    kept = state if _is_plain(request, asked) else None
    return unchanged.part(key, kept, lambda: _made(request, asked, keeps=keeps, drafts=drafts, state=state))


def _is_plain(request: HttpRequest, asked: Asked, *also: str) -> bool:
    """The whole matrix, asked for in one of the ways of our own links: what somebody else wrote into an address is not kept."""
    others = request.GET.keys() - PLAIN - set(also)
    return not (asked.narrows or others) and all(request.GET.getlist(name) in ways for name, ways in WAYS.items())


def sheet(asked: Asked) -> Sheet:
    """The matrix that was asked for, of what is kept of it."""
    return _sheet(asked, unchanged.state_of(TABLES))


def _sheet(asked: Asked, state: unchanged.State | None) -> Sheet:
    """The same in this state of its tables: read once, and of what changed since only the rows with other letters."""
    matrix = unchanged.part(("matrix as read", clock.today(), get_language()), state, _read, _renewed)
    return sheet_of(asked, *matrix)


def _read(drafted: Picture | None = None, published: dict[int, PublishedRow] | None = None) -> Matrix:
    drafted = drafted or picture()
    return drafted, faults(drafted), published_rows() if published is None else published


def _renewed(before: unchanged.State, now: unchanged.State, matrix: Matrix) -> Matrix | None:
    """After letters were written and nothing else: their rows are read again. Every letter has its row of history (rule 12)."""
    others = [place for place, table in enumerate(TABLES) if table is not Allocation]
    if any(before[place] != now[place] for place in others):
        return None
    again = read_again(matrix[0], before[TABLES.index(Allocation)] or 0)
    return again and _read(again, matrix[2])


def _made(
    request: HttpRequest, asked: Asked, *, keeps: bool, drafts: bool, state: unchanged.State | None = None
) -> Shown:
    found = _sheet(asked, state)
    totals, people = found.grid.totals(), loads(found.grid)
    publication = max(found.published.values(), key=lambda row: row.at, default=None)
    context = {
        "filters": _filter(request, found, drafts),
        "sheet": found, "grid": found.grid, "asked": asked, "keeps": keeps, "drafts": drafts, "publication": publication,
        "letters": [(letter, NAMES[letter], totals[letter]) for letter in LETTERS], "strip": strip(found.faults, found.new),
        "loads": people, "people": people_rows(people),
    }  # fmt: skip
    content = unchanged.rendered(request, "raci/parts/matrix.html", context, _body(found).encode())
    return Shown(content, bool(found.grid.rows), publication is not None)


def _body(found: Sheet) -> str:
    """The rows of the grid. A row that is made of the same as before is not made again."""
    known: Lines = {}
    if not found.asked.narrows:
        columns = tuple([column.pk for column in found.grid.columns])
        known = unchanged.part(("rows of the matrix", found.asked.state, get_language()), columns, dict)
    return found.grid.body(known)


def _filter(request: HttpRequest, found: Sheet, drafts: bool, **more: bool) -> SafeString:
    """The filter with its long lists; a changed letter changes nothing in them."""
    offered = choices(found.picture.columns.values())

    def made() -> SafeString:
        context = {"filter": MatrixFilter(found.asked, found.groups, offered), "asked": found.asked, "drafts": drafts}
        return SafeString(render_to_string("raci/parts/filter.html", context | more, request))

    asking = (found.asked, tuple(found.groups), offered.key, request.GET.urlencode(), drafts, get_language())
    return unchanged.part(("filter of the matrix", request.path), asking, made)


@dataclass(frozen=True)
class Listed:
    """The matrix as a list, and its filter."""

    cards: SafeString
    filters: SafeString


def listed(request: HttpRequest, asked: Asked, *, by_role: bool, keeps: bool, drafts: bool) -> Listed:
    """The same as a list, kept in the same way."""
    state = unchanged.state_of(TABLES)

    def made() -> Listed:
        found = _sheet(asked, state)
        groups = listing.by_role(found) if by_role else listing.by_activity(found)
        cards = listing.Cards(by_role=by_role, keeps=keeps)(groups)
        return Listed(cards, _filter(request, found, drafts, by_role=by_role))

    kept = None if asked.narrows or request.GET.keys() - PLAIN - {"by"} else state
    key = (
        "matrix as a list",
        request.GET.urlencode(),
        asked.state,
        by_role,
        keeps,
        drafts,
        clock.today(),
        get_language(),
    )
    return unchanged.part(key, kept, made)
