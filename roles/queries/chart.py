"""The organisation chart: reporting lines of roles with their holders, and of people (coverage R8). Two queries each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ismsroles.core import tidytree
from ismsroles.core.access import visible_to
from ismsroles.core.names import search_key
from roles.models import Assignment, Person, Role

KINDS = ("roles", "people")
ALL_OPEN = 150  # a chart of at most so many boxes is open to the last one
FIRST_LEVELS = 3  # a larger one shows so many levels until somebody opens a branch
AT_ONCE = 1500  # no more boxes than this are drawn at once
LOOSE = 6  # more boxes than this without any line are named in a list, not drawn
MATCHES = 200


@dataclass(frozen=True)
class Box:
    """One post or person: what stands in the box, and how it is drawn."""

    key: int
    parent: int | None
    title: str
    who: str
    where: str = ""
    kind: str = ""  # vacant, outside, or plain
    path: str = ""  # of its page
    names: str = ""  # what else it is found by

    @property
    def url(self) -> str:
        return self.path

    def says(self, words: Sequence[str]) -> bool:
        """Whether every word is part of what stands here."""
        text = search_key(f"{self.title} {self.who} {self.where} {self.names}")
        return all(word in text for word in words)


@dataclass(frozen=True)
class Asked:
    """What a reader asked to see: words to find, one box to come to, branches opened and shut."""

    words: str = ""
    at: int | None = None
    opened: frozenset[int] = frozenset()
    shut: frozenset[int] = frozenset()
    everything: bool = False
    vacant: bool = False


@dataclass
class Chart:
    """A chart as one reader sees it: the boxes, which branches are open, which boxes fit what was asked."""

    kind: str
    boxes: dict[int, Box]
    asked: Asked = field(default_factory=Asked)
    at_once: int = AT_ONCE

    @cached_property
    def trees(self) -> tidytree.Forest:
        whole = tidytree.forest({box.key: box.parent for box in self.boxes.values()})
        return tidytree.Forest([key for key in whole.roots if key not in self._loose_keys(whole)], whole.children)

    @cached_property
    def loose(self) -> list[Box]:
        """Boxes without any line, when there are too many of them to draw."""
        drawn = set(tidytree.walk(self.trees))
        return [box for box in self.boxes.values() if box.key not in drawn]

    @staticmethod
    def _loose_keys(whole: tidytree.Forest) -> set[int]:
        alone = {key for key in whole.roots if key not in whole.children}
        return alone if len(alone) > LOOSE and len(alone) < len(whole.roots) else set()

    @cached_property
    def depth(self) -> dict[int, int]:
        """How many superiors stand above each box that is drawn; superiors first."""
        found: dict[int, int] = {}
        for key in tidytree.walk(self.trees):
            above = self.boxes[key].parent
            found[key] = found[above] + 1 if above in found else 0
        return found

    @cached_property
    def found(self) -> dict[int, None]:
        """The boxes that fit what was asked, in the order of the chart."""
        words = search_key(self.asked.words).split()
        fitting = [key for key in self.depth if self._fits(self.boxes[key], words)]
        return dict.fromkeys(fitting)

    def _fits(self, box: Box, words: Sequence[str]) -> bool:
        if self.asked.vacant:
            return box.kind == "vacant"
        return box.key == self.asked.at or bool(words and box.says(words))

    @cached_property
    def open(self) -> set[int]:
        """The boxes whose inferiors are shown: the first levels, what was opened, and the way to whatever was asked for."""
        branches = [key for key in self.depth if key in self.trees.children]
        if self.asked.everything and not self.too_many:
            return set(branches) - self.asked.shut
        levels = self.depth_shown
        shown = {key for key in branches if self.depth[key] + 1 < levels} | (self.asked.opened & set(branches))
        for key in list(self.found)[:MATCHES]:
            shown |= self._way_to(key)
        return shown - self.asked.shut

    def _way_to(self, key: int) -> set[int]:
        way, above = set(), self.boxes[key].parent
        while above in self.boxes and above not in way:
            way.add(above)
            above = self.boxes[above].parent
        return way

    @cached_property
    def depth_shown(self) -> int:
        """How many levels are open at first."""
        return max(self.depth.values(), default=0) + 1 if len(self.depth) <= ALL_OPEN else FIRST_LEVELS

    @property
    def is_large(self) -> bool:
        return len(self.depth) > ALL_OPEN

    @property
    def too_many(self) -> bool:
        return len(self.depth) > self.at_once

    def below(self, key: int) -> Sequence[int]:
        """Those who report to a box and are shown."""
        return self.trees.children.get(key, ()) if key in self.open else ()

    @cached_property
    def under(self) -> dict[int, int]:
        """How many stand below each box, at any depth."""
        count = dict.fromkeys(self.depth, 0)
        for key in reversed(self.depth):
            above = self.boxes[key].parent
            if above in count:
                count[above] += count[key] + 1
        return count

    @cached_property
    def shown(self) -> list[int]:
        """The boxes that are drawn, superiors first; never more than can be drawn at once."""
        visible: list[int] = []
        stack = list(reversed(self.trees.roots))
        while stack and len(visible) < self.at_once:
            key = stack.pop()
            visible.append(key)
            stack += reversed(self.below(key))
        return visible

    @property
    def vacant(self) -> int:
        """How many posts nobody holds."""
        return sum(box.kind == "vacant" for box in self.boxes.values())


def read(kind: str, user, day: date, asked: Asked | None = None) -> Chart:
    """The chart of `roles` or `people` with what this user may see."""
    boxes = (
        _of_roles(visible_to(user, Role), visible_to(user, Assignment), day)
        if kind == "roles"
        else _of_people(user, day)
    )
    return Chart(kind, {box.key: box for box in boxes}, asked or Asked())


def everything(kind: str, day: date) -> Chart:
    """The chart for whoever runs the system and for a fingerprint, all of it open."""
    boxes = (
        _of_roles(Role.objects.all(), Assignment.objects.all(), day)
        if kind == "roles"
        else _boxes_of_people(Person.objects.all(), day)
    )
    found = {box.key: box for box in boxes}
    return Chart(kind, found, Asked(everything=True), at_once=len(found) + 1)


def _of_roles(roles, assignments, day: date) -> Iterable[Box]:
    seats: dict[tuple[int, str], list[Person]] = {}
    now = (
        assignments.current(day)
        .filter(role__state="active")
        .select_related("person")
        .order_by("person__name_key", "pk")
    )
    for seat in now:
        seats.setdefault((seat.role_id, seat.seat), []).append(seat.person)
    for role in roles.active().select_related("area").order_by(Lower("title"), "pk"):
        holders, deputies = seats.get((role.pk, "primary"), []), seats.get((role.pk, "deputy"), [])
        who, kind = _holders(role, holders, deputies)
        names = " ".join(person.name for person in [*holders, *deputies])
        path = role.get_absolute_url()
        yield Box(role.pk, role.reports_to_id, role.title, who, role.area.name if role.area else "", kind, path, names)


def _holders(role: Role, holders: list[Person], deputies: list[Person]) -> tuple[str, str]:
    if role.kind == "everyone":
        return _("Every person"), ""
    if not holders:
        standing_in = _("Vacant; %(name)s stands in") % {"name": deputies[0]} if deputies else _("Vacant")
        return standing_in, "vacant"
    outside = "outside" if all(person.is_outside for person in holders) else ""
    more = len(holders) - 1
    if not more:
        return holders[0].name, outside
    words = {"name": holders[0], "more": more}
    return ngettext("%(name)s and %(more)d more", "%(name)s and %(more)d more", more) % words, outside


def _of_people(user, day: date) -> Iterable[Box]:
    return _boxes_of_people(visible_to(user, Person), day)


COLUMNS = ("pk", "manager_id", "name", "job_title", "area__name", "kind", "employer")


def _boxes_of_people(people, day: date) -> Iterable[Box]:
    """As plain rows: there may be fifty thousand."""
    pattern = reverse("person", args=[0])
    held: dict[int, list[str]] = {}
    now = Assignment.objects.current(day).filter(seat="primary", role__state="active").order_by("role__title")
    for person, title in now.values_list("person_id", "role__title"):
        held.setdefault(person, []).append(title)
    for pk, manager, name, job, area, kind, employer in (
        people.current(day).order_by("name_key", "pk").values_list(*COLUMNS)
    ):
        where = " · ".join(filter(None, [area, employer if kind != "employee" else ""]))
        path = pattern.replace("/0/", f"/{pk}/")
        yield Box(
            pk, manager, name, job, where, "" if kind == "employee" else "outside", path, " ".join(held.get(pk, ()))
        )
