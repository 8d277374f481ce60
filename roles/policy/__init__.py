"""Who may do and see what in the register (design §5). Every list, object, button, action and test asks these rules.

What follows from the register is derived here, never copied into grants: who is the information security manager, who may approve
and where, who is whose line manager."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from ismsroles.core import access, clock, scope
from ismsroles.core.models import User
from roles.models import ApproverException, Area, Assignment, ImportFile, Person, Role
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
    login, person = _login(user), person_of(user)
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


# May come in -------------------------------------------------------------------------------------------------------------


@access.doorman
def has_not_left(user) -> bool:
    """A person who has left has no access from the next request on (design rule 5)."""
    person = person_of(user)
    return person is None or person.last_day is None or clock.today() <= person.last_day


# May do ------------------------------------------------------------------------------------------------------------------


def keeps_register(user) -> bool:
    """The information security manager; while nobody is, the administrator, so that somebody can be proposed."""
    who = standing(user)
    return who.is_ism or (who.is_administrator and not has_ism())


@access.policy(
    "roles.area.keep",
    "roles.role.keep",
    "roles.person.keep",
    "roles.assignment.end",
    "roles.starter.adopt",
    "roles.people.import",
)
def _keep(user, _obj) -> bool:
    return keeps_register(user)


@access.policy("roles.assignment.propose")
def _propose(user, area: Area | None) -> bool:
    """The information security manager anywhere; an area's representative for that area (A3)."""
    return keeps_register(user) or (area is not None and area.pk in standing(user).represents)


@access.policy("roles.assignment.withdraw")
def _withdraw(user, assignment: Assignment) -> bool:
    return assignment.proposed_by_id == user.pk or keeps_register(user)


def has_scope(user, assignment: Assignment) -> bool:
    """Top management decides in the scope of the role that they hold, or in which they stand in for somebody away."""
    own = bool({EVERYWHERE, scope_of(assignment)} & standing(user).approves_in)
    return own or stands_in_for(user, assignment) is not None


def stands_in_for(user, assignment: Assignment) -> Acting | None:
    """The absent approver for whom this user would decide: in whose scope it lies, and who is not concerned either (rule 1)."""
    where = scope_of(assignment)
    for one in standing(user).acts:
        covers = one.persona == "top_management" and {EVERYWHERE, where} & with_parts(user, {one.area or EVERYWHERE})
        concerned = one.person.pk in (assignment.person_id, assignment.proposed_by_person_id)
        if covers and not concerned and not is_same(assignment.proposed_by, one.person):
            return one
    return None


def decides_as(user, assignment: Assignment) -> tuple[str, Person | None]:
    """As what this user decides, and for whom: in their own right where they have it."""
    who = standing(user)
    if {EVERYWHERE, scope_of(assignment)} & who.approves_in:
        return who.approves_as, None
    one = stands_in_for(user, assignment)
    if one is None:
        return who.approves_as, None
    words = {"role": one.title, "person": one.person}
    return (_("Deputy of %(role)s, for %(person)s") % words)[:160], one.person


def scope_of(assignment: Assignment) -> int:
    """Where somebody must be an approver to decide on it: the area it was proposed for, wherever the role is moved meanwhile.
    The information security manager keeps the whole register, so whoever decides on one decides for the whole organisation."""
    return EVERYWHERE if assignment.role.persona == "ism" else assignment.area_id or EVERYWHERE


def is_concerned(user, assignment: Assignment) -> bool:
    """Proposer or the person it is about: judged per person, not per login (design rule 1)."""
    person = standing(user).person
    return (person is not None and person.pk == assignment.person_id) or proposed_it(user, assignment)


def proposed_it(user, assignment: Assignment) -> bool:
    """Whether this human proposed it, under whichever login."""
    person = standing(user).person
    if assignment.proposed_by_id == user.pk:
        return True
    return person is not None and (
        person.pk == assignment.proposed_by_person_id or is_same(assignment.proposed_by, person)
    )


def logins_of(person: Person) -> set[int]:
    """Every login the person has or had: what one of them proposed, the person proposed (security case 6)."""
    known = scope.remember("logins", dict)
    if person.pk not in known:
        known |= _logins_had([person])
    return known[person.pk]


def know_logins(people: Iterable[Person]) -> None:
    """Asks for all of these people at once what `logins_of` would ask for each."""
    known = scope.remember("logins", dict)
    if wanted := [person for person in people if person.pk not in known]:
        known |= _logins_had(wanted)


def _logins_had(people: list[Person]) -> dict[int, set[int]]:
    had: dict[int, set[int]] = {person.pk: set() for person in people}
    rows = Person.history.filter(id__in=had).exclude(user_id=None).order_by()
    for pk, user in rows.values_list("id", "user_id").distinct():
        had[pk].add(user)
    return had


def is_same(user, person: Person) -> bool:
    """Whether this login belongs, or belonged, to this person, by link or by address."""
    return user.pk in {person.user_id} | logins_of(person) or bool(person.email_key and person.email_key == user.email)


@access.policy("roles.assignment.approve", "roles.assignment.reject")
def _decide(user, assignment: Assignment) -> bool:
    """An approver in whose scope it lies, who neither proposed it nor is the one it is about (A3, rule 1).
    A dated exception lets the only approver decide on what they proposed, and on nothing about themself."""
    if not has_scope(user, assignment):
        return False
    return not is_concerned(user, assignment) or exceptions.covering(user, assignment) is not None


@access.policy("roles.approvals.decide")
def _decides(user, _obj) -> bool:
    """Whether the user holds a role that approves; each decision is judged on its own."""
    return standing(user).is_top_management


@access.policy("roles.approvals.see")
def _sees_approvals(user, _obj) -> bool:
    """What waits, and for whom: who decides, who proposes, who checks."""
    return sees_people(user) or bool(standing(user).represents)


@access.policy("roles.founding.record")
def _found(user, _obj) -> bool:
    """The administrator, while no approver has ever existed."""
    return user.is_administrator and not approver_has_existed()


@access.policy("roles.setup.see")
def _sees_setup(user, _obj) -> bool:
    """What comes after setting up is for who did it."""
    return user.is_administrator


@access.policy("roles.login.give")
def _give_login(user, _obj) -> bool:
    """Administrators keep logins; the information security manager may invite people of the register."""
    return user.is_administrator or keeps_register(user)


@access.policy("core.logins.see", "core.login.reopen")
def _keep_logins(user, _obj) -> bool:
    """Administrators close and reopen logins; no power to decide follows from that."""
    return user.is_administrator


@access.policy("core.health.see", "core.health.keep")
def _keep_health(user, _obj) -> bool:
    """Whether mails arrive and the scheduler runs: for who runs the product, and for who needs that it runs."""
    return user.is_administrator or keeps_register(user)


@access.policy("core.login.close")
def _close_login(user, other) -> bool:
    """Any login but one's own."""
    return user.is_administrator and user.pk != other.pk


@access.policy("core.organisation.keep")
def _keep_organisation(user, _obj) -> bool:
    return user.is_administrator or keeps_register(user)


@access.policy("roles.representatives.keep")
def _keep_representatives(user, _obj) -> bool:
    return keeps_register(user)


@access.policy("roles.register.see")
def _see_register(user, _obj) -> bool:
    """Everybody who is in the register, and whoever reads everything, sees its roles (K1)."""
    who = standing(user)
    return who.person is not None or who.is_administrator or access.reads_everything(user)


def sees_people(user) -> bool:
    """Who sees everybody's dates and reporting lines: who keeps them, who approves, who audits, who runs the system."""
    who = standing(user)
    return who.is_administrator or who.is_top_management or keeps_register(user) or access.reads_everything(user)


@access.policy("roles.people.see")
def _see_people(user, _obj) -> bool:
    return sees_people(user) or bool(standing(user).represents)


@access.policy("roles.log.see")
def _see_log(user, _obj) -> bool:
    """The history of the register: who keeps it, who approves, who audits, who runs the system."""
    return sees_people(user)


# May see -----------------------------------------------------------------------------------------------------------------


@access.visible(Area)
def _areas(user) -> QuerySet:
    return Area.objects.all() if access.may(user, "roles.register.see") else Area.objects.none()


@access.visible(Role)
def _roles(user) -> QuerySet:
    """Staff see the roles in force and those that were; drafts are for those who keep or check them (K1)."""
    if not access.may(user, "roles.register.see"):
        return Role.objects.none()
    return Role.objects.all() if sees_people(user) or standing(user).represents else Role.objects.exclude(state="draft")


@access.visible(Person)
def _people(user) -> QuerySet:
    """Everybody for those who need it; an area's own people for its representative; one's reports and oneself for the rest."""
    if sees_people(user):
        return Person.objects.all()
    who = standing(user)
    if who.person is None:
        return Person.objects.none()
    return Person.objects.filter(Q(pk=who.person.pk) | Q(manager=who.person) | Q(area_id__in=who.represents))


@access.visible(Assignment)
def _assignments(user) -> QuerySet:
    """Who holds what is for everybody (K1); proposals and refusals for those who decide, propose, check or are concerned."""
    if sees_people(user):
        return Assignment.objects.all()
    who = standing(user)
    if who.person is None:
        return Assignment.objects.none()
    return Assignment.objects.filter(
        Q(state="approved") | Q(person=who.person) | Q(proposed_by=user) | Q(person__area_id__in=who.represents)
    )


@access.visible(ImportFile)
def _import_files(user) -> QuerySet:
    """An uploaded list is for whoever uploaded it, for a day."""
    return ImportFile.objects.of(user) if keeps_register(user) else ImportFile.objects.none()


from roles.policy import (  # noqa: E402  (one module a subject; each registers what it offers and asks the rules above)
    chart,  # noqa: F401
    exceptions,
    guidance,  # noqa: F401
    waiting,  # noqa: F401
)
