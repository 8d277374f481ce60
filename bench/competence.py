"""Gaps of a whole organisation, and the table of people and skills, against the least that they could cost.

`python -m bench.competence gaps 10000 200 60` and `python -m bench.competence matrix 500 40 20`."""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median

from bench import children
from bench.databases import Databases
from bench.report import Row

NEEDS_A_ROLE, ROLES_A_PERSON, TIMES = 8, 2, 5
# The same tables, joined and grouped by the database, every row fetched; nothing judged.
AGGREGATE = """SELECT a.person_id, r.skill_id, MAX(r.level), MAX(s.level) FROM roles_assignment a
JOIN competence_requirement r ON r.role_id = a.role_id
LEFT JOIN competence_assessment s ON s.person_id = a.person_id AND s.skill_id = r.skill_id
WHERE a.state = 'approved' GROUP BY a.person_id, r.skill_id"""


def measure(
    databases: Databases, sizes: dict[str, tuple[int, int, int]], folder: Path, say: Callable[[str], None]
) -> list[Row]:
    """Gaps against one plain aggregate, the page against joined strings; each in a database of its own."""
    rows = []
    for what, size in sizes.items():
        say(f"{databases.name}: competence, {what} of {size[0]:,} people × {size[1]} skills × {size[2]} roles")
        url = databases.copy("migrated", f"competence{what}")
        found = children.ask(
            "competence", what, *size, env=children.environment(folder / f"{databases.name}-{what}", url)
        )
        of = f"{size[0]:,} × {size[1]} × {size[2]}"
        rows.append(_row(databases.name, f"competence: {what}", of, found, found["taken"]))
        if "anew" in found:
            rows.append(_row(databases.name, f"competence: {what}, nothing kept", of, found, found["anew"]))
    return rows


def _row(database: str, what: str, of: str, found: dict[str, float], taken: float) -> Row:
    return Row(database, what, of, taken, "ms", found["floor"], queries=found["queries"])


def main(what: str, people: int, skills: int, roles: int) -> None:
    import django

    django.setup()
    keeper = _filled(people, skills, roles)
    children.answer(_gaps() if what == "gaps" else _page(keeper))


def _filled(people: int, skills: int, roles: int):
    """An organisation in which everybody acts in roles and has shown most of what they need; made in bulk."""
    from ismsroles.core.models import Organisation, User

    Organisation.objects.create(name="Bench", time_zone="UTC")
    user = User.objects.create_user("keeper@bench.example", name="Keeper")
    needs = {n: {(n * 3 + k * 7) % skills for k in range(NEEDS_A_ROLE)} for n in range(roles)}
    held = {
        n: {(n + k * 31) % roles for k in range(ROLES_A_PERSON)} | ({0} if n == 0 else set()) for n in range(people)
    }
    made, learnt = _roles_with_needs(needs, skills)
    staff = _people(people, user)
    _held(held, made, staff, user)
    _shown(held, needs, staff, learnt)
    return user


def _roles_with_needs(needs: dict[int, set[int]], skills: int) -> tuple[list, list]:
    from competence.models import Requirement, Skill
    from ismsroles.core import clock
    from roles.models import Role

    made = Role.objects.bulk_create(
        [Role(title=f"Role {n}", purpose="x", kind="many", state="active", persona="" if n else "ism") for n in needs]
    )
    learnt = Skill.objects.bulk_create([Skill(name=f"Skill {n}") for n in range(skills)])
    since = clock.today() - timedelta(days=99)
    rows = [(n, s) for n, wanted in needs.items() for s in wanted]
    Requirement.objects.bulk_create(
        [Requirement(role=made[n], skill=learnt[s], level=1 + s % 4, starts_on=since) for n, s in rows]
    )
    return made, learnt


def _people(count: int, first) -> list:
    from roles.models import Person

    staff = [
        Person(name=f"Person {n:05}", email=f"p{n}@bench.example", user=None if n else first) for n in range(count)
    ]
    for one in staff:
        one.derive_keys()
    return Person.objects.bulk_create(staff, batch_size=1000)


def _held(held: dict[int, set[int]], made: list, staff: list, user) -> None:
    from ismsroles.core import clock
    from ismsroles.core.models import User
    from roles.models import Assignment, Person

    decider = User.objects.create_user("decider@bench.example", name="Decider")
    boss = Person.objects.create(name="Decider", user=decider)
    since, now = clock.today() - timedelta(days=90), clock.now()
    given = {"state": "approved", "starts_on": since, "proposed_by": user, "proposed_at": now}
    given |= {"decided_by": decider, "decided_by_person": boss, "decided_at": now}
    rows = [Assignment(role=made[r], person=staff[n], **given) for n, numbers in held.items() for r in numbers]
    Assignment.objects.bulk_create(rows, batch_size=1000)


def _shown(held: dict[int, set[int]], needs: dict[int, set[int]], staff: list, learnt: list) -> None:
    from competence.models import Assessment
    from ismsroles.core import clock

    shown = [(n, s) for n, roles in held.items() for s in {s for r in roles for s in needs[r]} if (n + s) % 5]
    given = {"assessor_name": "x", "recorded_at": clock.now(), "assessed_on": clock.today() - timedelta(days=80)}
    rows = [Assessment(person=staff[n], skill=learnt[s], level=(n + s) % 5, **given) for n, s in shown]
    Assessment.objects.bulk_create(rows, batch_size=1000)


def _timed(act: Callable[[], object]) -> float:
    """Milliseconds, the median of a few."""
    taken = []
    for _turn in range(TIMES):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


def _counted(act: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def _gaps() -> dict[str, float]:
    from django.db import connection

    from competence.queries.picture import gaps
    from ismsroles.core import clock

    day = clock.today()

    def aggregate() -> None:
        with connection.cursor() as cursor:
            cursor.execute(AGGREGATE)
            cursor.fetchall()

    return {"taken": _timed(lambda: gaps(day)), "floor": _timed(aggregate), "queries": _counted(lambda: gaps(day))}


def _page(keeper) -> dict[str, float]:
    """The page as a signed-in browser asks for it, the same with nothing kept, and cells that are only joined."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(keeper, backend="allauth.account.auth_backends.AuthenticationBackend")
    paths = {"taken": "/competence/", "floor": "/bench/joined/", "anew": "/bench/competence/anew/"}
    asked = {name: partial(client.get, path) for name, path in paths.items()}
    if {ask().status_code for ask in asked.values()} != {200}:
        raise SystemExit("the page or its floor did not answer")
    return {name: _timed(ask) for name, ask in asked.items()} | {"queries": _counted(asked["taken"])}


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
