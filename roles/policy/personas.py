"""What somebody is in the register today, derived from it and never copied into grants: who is the information security manager,
who may approve and where, who represents which area (design §5)."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from ismsroles.core import access, clock, scope
from ismsroles.core.models import User
from roles.models import ApproverException, Area, Assignment, Person
from roles.models.people import AreaUserObjectPermission
from roles.policy.acting import Acting, acting_for

EVERYWHERE = 0  # the scope of an approver whose role belongs to no area


@dataclass(frozen=True)
class Standing:
    """What a user is in the register today, worked out from it."""

    person: Person | None = None
    is_administrator: bool = False
    is_ism: bool = False
    approves_in: frozenset[int] = field(default_factory=frozenset)  # area ids, or EVERYWHERE
    approves_as: str = ""
    represents: frozenset[int] = field(default_factory=frozenset)
    acts: tuple[Acting, ...] = ()  # for whom they stand in today, in a recorded absence
    is_excepted: bool = False  # the only approver, under an exception in force: may decide on what they proposed

    @property
    def is_top_management(self) -> bool:
        """Holds a role that approves, now, by an approved assignment, or stands in for who does and is away."""
        return bool(self.approves_in) or any(one.persona == "top_management" for one in self.acts)


def standing(user) -> Standing:
    """The user's standing today; worked out once for a request."""
    return scope.remember(("standing", user.pk), lambda: _standing(user))


def person_of(user) -> Person | None:
    """The person whose login this is; read once for a request."""
    return getattr(_login(user), "person", None)


def _login(user) -> User | None:
    """The login with its person, and which further questions about them are worth asking; read once for a request."""
    return scope.remember(("login", user.pk), lambda: _with_person(user))


def _with_person(user) -> User | None:
    grants = AreaUserObjectPermission.objects.filter(user_id=user.pk, permission__codename="represent_area")
    marked = Assignment.objects.approved().exclude(role__persona="").filter(person__user_id=user.pk)
    excepted = ApproverException.objects.current(clock.today()).filter(approver__user_id=user.pk).order_by()
    seats = {"seat": "primary", "role__persona": "top_management", "role__state": "active"}
    others = Assignment.objects.current(clock.today()).filter(**seats).exclude(person__user_id=user.pk).order_by()
    rows = User.objects.select_related("person__area").annotate(
        is_granted_areas=Exists(grants), has_marked_seats=Exists(marked), is_alone=Exists(excepted) & ~Exists(others)
    )
    return rows.filter(pk=user.pk).first()


def all_areas(user) -> list[tuple[int, str, int | None, bool]]:
    """(pk, name, part of, granted to this user) of every area in the order of their names; read once for a request."""
    return scope.remember(("areas", user.pk), lambda: list(_areas_granted(user)))


def _areas_granted(user) -> QuerySet:
    grants = AreaUserObjectPermission.objects.filter(user_id=user.pk, permission__codename="represent_area")
    granted = Exists(grants.filter(content_object=OuterRef("pk")))
    return Area.objects.annotate(granted=granted).values_list("pk", "name", "parent_id", "granted")


def _standing(user) -> Standing:
    login = _login(user)
    person = getattr(login, "person", None)
    seated = _personas_seated(person) if person and login.has_marked_seats else []
    held = [row[:3] for row in seated if row[3] == "primary"]
    acts = acting_for(person, [(row[4], row[1]) for row in seated if row[3] == "deputy"]) if person else ()
    for_ism = [one.person.name for one in acts if one.persona == "ism"]
    keeps = any(persona == "ism" for persona, *_rest in held)
    user.on_behalf = "" if keeps or not for_ism else for_ism[0]  # the log names both
    approver = [row for row in held if row[0] == "top_management"]
    return Standing(
        person=person,
        is_administrator=user.is_administrator,
        is_ism=keeps or bool(for_ism),
        approves_in=frozenset(with_parts(user, {area or EVERYWHERE for _persona, area, _title in approver})),
        approves_as=approver[0][2] if approver else "",
        represents=frozenset(with_parts(user, _granted_areas(user)) if login and login.is_granted_areas else ()),
        acts=acts,
        is_excepted=bool(approver and login.is_alone),
    )


def _granted_areas(user) -> set[int]:
    return {pk for pk, _name, _parent, granted in all_areas(user) if granted}


def _personas_seated(person: Person) -> list[tuple[str, int | None, str, str, int]]:
    """(persona, area, title, seat, role) of the marked roles in which the person sits today. Deputies act only in a recorded absence."""
    held = Assignment.objects.current(clock.today()).filter(person=person, role__state="active")
    return list(
        held.exclude(role__persona="").values_list("role__persona", "area_id", "role__title", "seat", "role_id")
    )


def with_parts(user, areas: set[int]) -> set[int]:
    """Areas inherit downwards: who may in an area may in its parts."""
    if not areas or areas == {EVERYWHERE}:
        return areas
    parents = {pk: parent for pk, _name, parent, _granted in all_areas(user)}

    def within(area: int | None) -> bool:
        return area is not None and (area in areas or within(parents.get(area)))

    return areas | {area for area in parents if within(area)}


def approver_has_existed() -> bool:
    """Whether anybody was ever approved in a role that approves (design rule 1: the founding is recorded once only)."""
    return Assignment.objects.approved().filter(Q(role__persona="top_management") | Q(is_founding=True)).exists()


def has_ism() -> bool:
    """Whether anybody is information security manager today; without one the administrator keeps the register meanwhile."""
    held = {"seat": "primary", "role__persona": "ism", "role__state": "active"}
    return scope.remember("has ism", lambda: Assignment.objects.current(clock.today()).filter(**held).exists())


def keeps_register(user) -> bool:
    """The information security manager; while nobody is, the administrator, so that somebody can be proposed."""
    who = standing(user)
    return who.is_ism or (who.is_administrator and not has_ism())


def sees_people(user) -> bool:
    """Who sees everybody's dates and reporting lines: who keeps them, who approves, who audits, who runs the system."""
    who = standing(user)
    return who.is_administrator or who.is_top_management or keeps_register(user) or access.reads_everything(user)


@access.doorman
def has_not_left(user) -> bool:
    """A person who has left has no access from the next request on (design rule 5)."""
    person = person_of(user)
    return person is None or person.last_day is None or clock.today() <= person.last_day
