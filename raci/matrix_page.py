"""The matrix as its page shows it. The whole of it is one part, made once for each state of the tables that stand in it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ismsroles.core import clock, unchanged
from raci.forms.matrix import NAMES, MatrixFilter
from raci.grid import people_rows
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
from raci.queries.published import last_publication
from raci.queries.sheets import Asked, Sheet, choices, loads, sheet
from raci.strip import strip
from roles.models import Area, Assignment, AuthorisationLevel, Authority, Person, Role

# Every table that is read for it; a test compares them with the statements that are sent.
TABLES = (
    ActivityGroup, Activity, Allocation, Column, Limits, Publication, PublishedGroup, PublishedActivity,
    Role, Authority, AuthorisationLevel, Assignment, Person, Area,
)  # fmt: skip
PLAIN = {"state", "edit"}  # what the address may carry without narrowing anything


@dataclass(frozen=True)
class Shown:
    """The matrix with everything around it that is about the matrix, and what the head of the page has to know of it."""

    content: bytes
    has_rows: bool
    is_published: bool


def shown(request: HttpRequest, asked: Asked, *, keeps: bool, drafts: bool) -> Shown:
    """What this person sees; a narrowed matrix is made anew each time."""
    state = unchanged.state_of(TABLES) if _is_plain(request, asked) else None
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
    return unchanged.part(key, state, lambda: _made(request, asked, keeps=keeps, drafts=drafts))


def _is_plain(request: HttpRequest, asked: Asked) -> bool:
    """The whole matrix, asked for in one of the ways of our own links: what somebody else wrote into an address is not kept."""
    said = request.GET.getlist("state")
    return not asked.narrows and not request.GET.keys() - PLAIN and said in ([], ["published"])


def _made(request: HttpRequest, asked: Asked, *, keeps: bool, drafts: bool) -> Shown:
    found = sheet(asked)
    totals, people = found.grid.totals(), loads(found.grid)
    publication = last_publication() if found.published else None
    offered = choices(found.picture.columns.values())
    asking = (found.asked, tuple(found.groups), offered.key, request.GET.urlencode(), drafts, get_language())
    context = {
        "filters": unchanged.part("filter of the matrix", asking, lambda: _filter(request, found, drafts)),
        "sheet": found, "grid": found.grid, "asked": asked, "keeps": keeps, "drafts": drafts, "publication": publication,
        "letters": [(letter, NAMES[letter], totals[letter]) for letter in LETTERS], "strip": strip(found.faults, found.new),
        "loads": people, "people": people_rows(people),
    }  # fmt: skip
    content = unchanged.rendered(request, "raci/parts/matrix.html", context, found.grid.body().encode())
    return Shown(content, bool(found.grid.rows), publication is not None)


def _filter(request: HttpRequest, found: Sheet, drafts: bool) -> SafeString:
    """The filter with its long lists; a changed letter changes nothing in them."""
    form = MatrixFilter(found.asked, found.groups, choices(found.picture.columns.values()))
    context = {"filter": form, "asked": found.asked, "drafts": drafts}
    return SafeString(render_to_string("raci/parts/filter.html", context, request))
