"""Who may prepare, see and check evidence; auditors' dated grants (design §5)."""

from django.db.models import Q, QuerySet

from evidence.models import Engagement, EngagementUserObjectPermission, Remark
from ismsroles.core import access, clock, facts
from ismsroles.core.models import User
from ismsroles.records.models import SignOff
from roles.policy import keeps_register, sees_people, standing

_audits = facts.register("audits", lambda user: facts.whether(engagements_of(user).current(clock.today())))


@access.reader
def audits_now(user) -> bool:
    """An auditor reads everything while an engagement of theirs lasts, and nothing before or after."""
    return bool(_audits(user))


def engagements_of(user) -> QuerySet[Engagement]:
    """The engagements on which this user has the auditor's grant."""
    return Engagement.objects.filter(
        engagementuserobjectpermission__user_id=user.pk,
        engagementuserobjectpermission__permission__codename="audit_engagement",
    )


def auditors_of(engagement: Engagement) -> QuerySet[User]:
    """The logins that have the auditor's grant on this engagement."""
    grants = EngagementUserObjectPermission.objects.filter(
        content_object=engagement, permission__codename="audit_engagement"
    )
    return User.objects.filter(pk__in=grants.values("user_id")).order_by("name", "pk")


@access.policy("evidence.path.see")
def _walk_the_path(user, _obj) -> bool:
    """The guided path is for who keeps the register (D6)."""
    return keeps_register(user)


@access.policy("roles-document.prepare")
def _prepare(user, _obj) -> bool:
    """Who keeps the register prepares the document."""
    return keeps_register(user)


@access.policy("evidence.engagement.keep")
def _keep_engagements(user, _obj) -> bool:
    return keeps_register(user) or user.is_administrator


@access.policy("evidence.audit.see", "evidence.findings.see")
def _see_audit(user, _obj) -> bool:
    """Findings and the audit workspace: who keeps, approves, audits or runs the register."""
    return sees_people(user)


def sees_versions(user) -> Q:
    """Signed versions of the document for everybody in the register; drafts for those who prepare, sign or check them."""
    if not access.may(user, "roles.register.see"):
        return Q(pk__in=())
    if sees_people(user):
        return Q()
    asked = SignOff.objects.filter(user=user).values("version")
    return Q(state__in=["published", "superseded"]) | Q(pk__in=asked)


@access.policy("evidence.remark.write")
def _write_remarks(user, _obj) -> bool:
    """Auditors, while their engagement lasts."""
    return audits_now(user)


@access.policy("evidence.pack.ask")
def _ask_for_packs(user, engagement: Engagement | None) -> bool:
    """Who keeps or approves the register, and the auditors of the engagement while it lasts."""
    if keeps_register(user) or standing(user).is_top_management:
        return True
    own = engagements_of(user).current(clock.today())
    return own.exists() if engagement is None else own.filter(pk=engagement.pk).exists()


@access.policy("evidence.remark.answer")
def _answer_remarks(user, _obj) -> bool:
    return keeps_register(user)


@access.visible(Remark)
def _remarks(user) -> QuerySet:
    """A note is its writer's alone. Requests: the auditors of that engagement, and who keeps or approves the register."""
    requests = Q(kind="request")
    if audits_now(user):
        engagements = engagements_of(user).current(clock.today()).values("pk")
        return Remark.objects.filter(Q(by=user) | (requests & Q(engagement__in=engagements)))
    if access.may(user, "evidence.audit.see"):
        return Remark.objects.filter(requests)
    return Remark.objects.none()


@access.visible(Engagement)
def _engagements(user) -> QuerySet:
    """All of them for who keeps the register, runs the system or approves; for an auditor the own ones only."""
    if access.may(user, "evidence.engagement.keep") or standing(user).is_top_management:
        return Engagement.objects.all()
    return engagements_of(user).current(clock.today())
