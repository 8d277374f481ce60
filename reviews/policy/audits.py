"""Who plans, does and sees audits of roles (V5; 9.2: the auditor is independent)."""

from django.db.models import Q, QuerySet

from ismsroles.core import access
from reviews.models import Corrective, RoleAudit
from roles.policy import keeps_register, sees_people, standing


def _is(user, person_id: int | None) -> bool:
    person = standing(user).person
    return person is not None and person.pk == person_id


@access.policy("reviews.audit.see")
def _sees(user, _obj) -> bool:
    """Who keeps, decides, checks or runs it; beside them whoever audits or sees to a corrective action."""
    person = standing(user).person
    return sees_people(user) or (person is not None and _audits(user).exists())


@access.policy("reviews.audit.plan")
def _plan(user, _obj) -> bool:
    """Who keeps the register, or top management."""
    return keeps_register(user) or standing(user).is_top_management


@access.policy("reviews.audit.answer")
def _answer(user, audit: RoleAudit) -> bool:
    """The internal auditor alone; what an external auditor found is recorded by who keeps the register."""
    return _is(user, audit.auditor_id) if audit.kind == "internal" else keeps_register(user)


@access.policy("reviews.corrective.finish")
def _finish(user, action: Corrective) -> bool:
    """Who sees to it."""
    return _is(user, action.owner_id)


@access.policy("reviews.corrective.verify")
def _verify(user, action: Corrective) -> bool:
    """Never who did it: the internal auditor; after an external audit who keeps the register, or top management."""
    if _is(user, action.owner_id):
        return False
    audit = action.question.audit
    if audit.kind == "internal":
        return _is(user, audit.auditor_id)
    return keeps_register(user) or standing(user).is_top_management


@access.visible(RoleAudit)
def _audits(user) -> QuerySet:
    """All for those who keep, decide or check; one's own for the auditor and for who sees to an action."""
    if sees_people(user):
        return RoleAudit.objects.all()
    person = standing(user).person
    if person is None:
        return RoleAudit.objects.none()
    owned = Corrective.objects.filter(owner=person).values("question__audit")
    return RoleAudit.objects.filter(Q(auditor=person) | Q(pk__in=owned))


@access.visible(Corrective)
def _correctives(user) -> QuerySet:
    return Corrective.objects.filter(question__audit__in=_audits(user))
