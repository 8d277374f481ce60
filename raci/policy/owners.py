"""Who may do and see what about owners, risks, uploaded lists and links for the intranet (design §5)."""

from django.db.models import Q, QuerySet

from ismsroles.core import access, clock
from raci.models import Asset, ReadingLink, Risk, RiskAcceptance, WaitingFile
from roles.models import Assignment
from roles.policy import keeps_register, sees_people, standing


@access.policy("raci.asset.keep", "raci.risk.keep", "raci.asset.import", "raci.matrix.import", "raci.link.keep")
def _keep(user, _obj) -> bool:
    """The information security manager keeps the owners, as the rest of the register."""
    return keeps_register(user)


@access.policy("raci.asset.see")
def _see_assets(user, _obj) -> bool:
    """Everybody in the register may look up who answers for a system or a folder (K1, K4)."""
    return access.may(user, "roles.register.see")


@access.policy("raci.risk.see")
def _see_risks(user, _obj) -> bool:
    """Who keeps, decides, checks or runs it sees all risks; everybody in the register has the page, with their own."""
    return access.may(user, "roles.register.see")


@access.policy("raci.coverage.see", "raci.link.see")
def _see_faults(user, _obj) -> bool:
    """What is missing is for those who keep, decide or check."""
    return sees_people(user)


@access.visible(Asset)
def _assets(user) -> QuerySet:
    return Asset.objects.all() if access.may(user, "raci.asset.see") else Asset.objects.none()


@access.visible(Risk)
def _risks(user) -> QuerySet:
    """All for those who keep, decide or check; one's own, by name or by the role that one holds, for everybody else."""
    if sees_people(user):
        return Risk.objects.all()
    person = standing(user).person
    if person is None:
        return Risk.objects.none()
    held = Assignment.objects.current(clock.today()).filter(person=person).values("role")
    return Risk.objects.filter(Q(owner_person=person) | Q(owner_role__in=held))


@access.visible(RiskAcceptance)
def _acceptances(user) -> QuerySet:
    return RiskAcceptance.objects.filter(risk__in=_risks(user))


@access.visible(WaitingFile)
def _files(user) -> QuerySet:
    """An uploaded list is for whoever uploaded it, for a day."""
    return WaitingFile.objects.of(user) if keeps_register(user) else WaitingFile.objects.none()


@access.visible(ReadingLink)
def _links(user) -> QuerySet:
    return ReadingLink.objects.all() if sees_people(user) else ReadingLink.objects.none()
