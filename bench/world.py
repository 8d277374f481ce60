"""Fills an empty, migrated database with an organisation of the size asked for: `python -m bench.world 1000 60`.

Rows are made in bulk, with their history and their events, as a real register would hold them; rules are obeyed because the
database has them, not because actions were called.
"""

import sys
from datetime import timedelta

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 (the apps are there only from here on)
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench import children, company  # noqa: E402
from ismsroles.core import clock, events, history  # noqa: E402
from ismsroles.core.models import Organisation, User  # noqa: E402
from roles.models import Area, Assignment, Authority, AuthorityServes, Person, Responsibility, Role  # noqa: E402

WHY = "Measured"
PENDING = 5


class World:
    """One organisation while it is being filled."""

    def __init__(self, people: int, roles: int) -> None:
        self.today, self.now = clock.today(), clock.now()
        Organisation.objects.create(name="Bench", legal_name="Bench Limited", time_zone="Europe/London")
        self.administrator = User.objects.create_user(
            "administrator@bench.example", name="Administrator", is_administrator=True
        )
        self.areas = self._made(Area, [Area(name=f"Area {number}") for number in range(company.AREAS)])
        self.people = self._people(people)
        self.there = [number for number, one in enumerate(self.people) if number > 1 and one.last_day is None]
        self.roles = self._roles(roles)
        self._responsibilities()
        self._assignments()
        self._happened()

    def _made(self, model, rows: list) -> list:
        return history.bulk_create(rows, model, actor=self.administrator, reason=WHY)

    def _people(self, count: int) -> list[Person]:
        described = [company.person(number, self.today) for number in range(count)]
        users = [User(email=one["email"], name=one["name"], password="!") for one in described[: max(2, count // 4)]]
        logins = User.objects.bulk_create(users, batch_size=500)
        people = [Person(**one, area=self.areas[n % company.AREAS]) for n, one in enumerate(described)]
        for person, login in zip(people, logins, strict=False):
            person.user = login
        for person in people:
            person.derive_keys()
        made = self._made(Person, people)
        for number, person in enumerate(made[1:], 1):
            person.manager = made[number // 8]
        Person.objects.bulk_update(made, ["manager"], batch_size=500)
        return made

    def _roles(self, count: int) -> list[Role]:
        made = self._made(Role, [Role(**company.role(n), area=self._area_of(n)) for n in range(count)])
        for number, role in enumerate(made[1:], 1):
            role.reports_to = made[number // 6]
        Role.objects.bulk_update(made, ["reports_to"])
        return made

    def _area_of(self, number: int) -> Area | None:
        return self.areas[number % company.AREAS] if number > company.KEEPER and number % 3 else None

    def _responsibilities(self) -> None:
        duties = [
            Responsibility(role=r, text=t, position=n) for r in self.roles for n, t in enumerate(company.SENTENCES)
        ]
        powers = [
            Authority(role=role, text=text, limit_kind=kind, limit=limit, position=place)
            for role in self.roles
            for place, (text, kind, limit) in enumerate(company.POWERS)
        ]
        duties, powers = self._made(Responsibility, duties), self._made(Authority, powers)
        served = {(duty.role_id, duty.position): duty for duty in duties}
        links = [(power, served[power.role_id, place]) for power in powers for place in {power.position, 3}]
        self._made(AuthorityServes, [AuthorityServes(authority=a, responsibility=b) for a, b in links])

    def _assignments(self) -> None:
        rows = [
            self._seat(role, person, seat)
            for number, role in enumerate(self.roles)
            for person, seat in company.seats(number, role.kind, self.there)
        ]
        waiting = [self._waiting(role, self.there[-1 - n]) for n, role in enumerate(self.roles[5 : 5 + PENDING])]
        self._made(Assignment, rows + waiting)

    def _seat(self, role: Role, number: int, seat: str) -> Assignment:
        decided = {"is_founding": True, "founding_reference": "Board minutes 7", "founding_date": self.today}
        if number != company.CHIEF:
            chief = self.people[company.CHIEF]
            decided = {"decided_by": chief.user, "decided_by_person": chief, "decided_at": self.now}
        return self._proposed(role, number, seat=seat, state="approved", **decided)

    def _waiting(self, role: Role, number: int) -> Assignment:
        return self._proposed(role, number, seat="deputy", state="proposed")

    def _proposed(self, role: Role, number: int, **more) -> Assignment:
        return Assignment(
            role=role,
            area=role.area,
            person=self.people[number],
            single_holder=role.kind == "one",
            starts_on=self.today - timedelta(days=200),
            proposed_by=self.administrator,
            proposed_at=self.now,
            **more,
        )

    def _happened(self) -> None:
        told = [("person.added", person) for person in self.people] + [("role.added", role) for role in self.roles]
        events.record_many(
            [events.prepare(code, actor=self.administrator, subject=subject, reason=WHY) for code, subject in told]
        )

    def signed_in(self) -> str:
        """The session key of the information security manager."""
        browser = Client()
        browser.force_login(
            self.people[company.KEEPER].user, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return browser.session.session_key

    def paths(self) -> dict[str, str]:
        """The pages that are measured, and the floor."""
        return {
            "floor": "/bench/floor/",
            "role list": reverse("roles"),
            "role page": reverse("role", args=[self.roles[3].pk]),
            "people list": reverse("people"),
            "overview": reverse("overview"),  # works out every finding of the register
        }


def main(people: int, roles: int) -> None:
    with transaction.atomic():
        world = World(people, roles)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum would have by the time somebody looks
    children.answer({"session": world.signed_in(), "paths": world.paths()})


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
