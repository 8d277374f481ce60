"""Who keeps and who sees areas, people, roles and assignments; who gives logins."""

from django.db.models import Q, QuerySet

from ismsroles.core import access
from roles.models import Area, Assignment, ImportFile, Person, Role
from roles.policy.personas import approver_has_existed, keeps_register, sees_people, standing

# May do ------------------------------------------------------------------------------------------------------------------


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
