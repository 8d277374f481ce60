"""An organisation with a large matrix: `python -m bench.matrix_world 200 300 10000` (roles, activities, filled cells)."""

import sys

from bench import children
from bench.world import World  # sets Django up

from django.db import connection, transaction  # noqa: E402  isort:skip
from django.urls import reverse  # noqa: E402  isort:skip

from raci.models import Activity, ActivityGroup, Allocation  # noqa: E402  isort:skip

GROUPS = 12
LETTERS = ("C", "I", "S", "R", "C", "I", "RA", "S")  # those beside the one A of a row
PEOPLE = 400


class MatrixWorld(World):
    """The register, and a matrix over it: one A in each row, the other letters spread evenly."""

    def __init__(self, roles: int, activities: int, cells: int) -> None:
        super().__init__(PEOPLE, roles)
        groups = self._made(ActivityGroup, [ActivityGroup(name=f"Process {n}", position=n) for n in range(GROUPS)])
        rows = [
            Activity(
                group=groups[n * GROUPS // activities], title=f"Activity {n} of the matrix", position=n,
                note="What it covers, in a sentence.", must_inform=n % 3 == 0, separate=n % 5 == 0,
            )
            for n in range(activities)
        ]  # fmt: skip
        self.activities = self._made(Activity, rows)
        self._made(Allocation, self._cells(roles, cells))

    def _cells(self, roles: int, cells: int) -> list[Allocation]:
        a_row, made = cells // len(self.activities), []
        for n, activity in enumerate(self.activities):
            more = 1 if n < cells % len(self.activities) else 0
            for place in range(a_row + more):
                role = self.roles[(n * 7 + place) % roles]
                letters = "A" if place == 0 else LETTERS[(n + place) % len(LETTERS)].replace("A", "")
                made.append(Allocation(activity=activity, role=role, letters=letters))
        return made

    def paths(self) -> dict[str, str]:
        """The pages that are measured, and what they are measured against."""
        return {
            "floor": "/bench/floor/",
            "raw cells": "/bench/cells/raw/",
            "cells": "/bench/cells/",
            "matrix": reverse("matrix"),
            "anew": "/bench/anew/",
            "changed": reverse("matrix"),
            "list": reverse("matrix-list"),
            "list changed": reverse("matrix-list"),
            "list anew": "/bench/list/anew/",
            "checks": "/bench/checks/",
        }


def main(roles: int, activities: int, cells: int) -> None:
    with transaction.atomic():
        world = MatrixWorld(roles, activities, cells)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    empty = [(a.pk, r.pk) for a, r in zip(world.activities, reversed(world.roles), strict=False)]
    children.answer({"session": world.signed_in(), "paths": world.paths(), "cells": empty})


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
