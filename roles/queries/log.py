"""The audit log, narrowed: who, what, when, which kind (rule 12)."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ismsroles.core import clock, events
from ismsroles.core.dates import FIRST_YEAR
from ismsroles.core.models import AuditEvent
from roles.models import Assignment, Person, Role

KINDS = {
    "area": _("Areas"),
    "person": _("People"),
    "people": _("Imports of people"),
    "role": _("Roles"),
    "responsibility": _("Responsibilities"),
    "authority": _("Authorities"),
    "assignment": _("Assignments"),
    "approver": _("Logins of approvers"),
    "login": _("Logins and signing in"),
    "chart": _("Organisation chart"),
    "level": _("Authorisation levels"),
    "process": _("Processes"),
    "policy": _("Policies"),
    "question": _("Questions and answers"),
    "organisation": _("The organisation"),
    "access": _("Refused access"),
}


def kinds() -> list[tuple[str, object]]:
    """Every kind of event that the product knows, as (first part of its code, words)."""
    known = sorted({code.split(".")[0] for code in events.codes()})
    return [(kind, KINDS.get(kind, kind.replace("_", " ").replace("-", " ").capitalize())) for kind in known]


def narrowed(
    *,
    user=None,
    q: str = "",
    person: Person | None = None,
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
    subject: tuple[str, str] | None = None,
) -> QuerySet[AuditEvent]:
    """The events that fit and that this user may read, newest first."""
    rows = AuditEvent.objects.all()
    for hidden in events.kept_from(user) if user is not None else ():
        rows = rows.exclude(code__startswith=f"{hidden}.")
    if q:
        rows = rows.filter(Q(subject_label__icontains=q) | Q(actor_name__icontains=q) | Q(reason__icontains=q))
    if person is not None:
        rows = rows.filter(about_person(person))
    if kind:
        rows = rows.filter(code__startswith=f"{kind}.")
    if subject:
        rows = rows.filter(subject_type=subject[0], subject_id=subject[1])
    if since:
        rows = rows.filter(at__gte=_begin_of(since))
    if until and until < date.max:
        rows = rows.filter(at__lt=_begin_of(until + timedelta(days=1)))
    return rows.order_by("-pk")


def about_person(person: Person) -> Q:
    """What the person did, and what was done to them, their login or what they hold."""
    held = [str(pk) for pk in Assignment.objects.filter(person=person).values_list("pk", flat=True)]
    about = Q(subject_type="roles.person", subject_id=str(person.pk))
    about |= Q(subject_type="roles.assignment", subject_id__in=held)
    if person.user_id is not None:
        about |= Q(actor_id=person.user_id) | Q(subject_type="core.user", subject_id=str(person.user_id))
    return about


def of_role(role: Role) -> QuerySet[AuditEvent]:
    """What was done to a role and to who holds it, newest first."""
    held = [str(pk) for pk in Assignment.objects.filter(role=role).values_list("pk", flat=True)]
    about = Q(subject_type="roles.role", subject_id=str(role.pk))
    return AuditEvent.objects.filter(about | Q(subject_type="roles.assignment", subject_id__in=held)).order_by("-pk")


def _begin_of(day: date) -> datetime:
    """When the day begins in the organisation's zone; no event is older than the first year that any date may have."""
    return clock.begin_of(max(day, date(FIRST_YEAR, 1, 1)))
