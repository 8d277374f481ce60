"""Who may do and see what in the matrix (design §5): the information security manager keeps it, who is in the register reads it.

A representative of an area proposes people, but does not edit the matrix: one letter there moves duties between areas."""

from django.db.models import QuerySet

from ismsroles.core import access
from raci.models import Activity, ActivityGroup, Allocation, Publication, PublishedActivity
from roles.policy import keeps_register, sees_people, standing


@access.policy("raci.matrix.keep", "raci.matrix.publish", "raci.starter.adopt")
def _keep(user, _obj) -> bool:
    """Draft, order, publish and adopt: the information security manager; the sign-off of the document approves."""
    return keeps_register(user)


@access.policy("raci.matrix.see")
def _see(user, _obj) -> bool:
    """Everybody who is in the register, and whoever reads everything (K1)."""
    return access.may(user, "roles.register.see")


def sees_draft(user) -> bool:
    return sees_people(user) or bool(standing(user).represents)


@access.policy("raci.draft.see")
def _see_draft(user, _obj) -> bool:
    """The draft, its faults and what is new in it: who keeps, decides, represents or checks. The others see what is published."""
    return sees_draft(user)


@access.visible(ActivityGroup)
def _groups(user) -> QuerySet:
    if sees_draft(user):
        return ActivityGroup.objects.all()
    return ActivityGroup.objects.filter(published__isnull=False).distinct() if _see(user, None) else _no(ActivityGroup)


@access.visible(Activity)
def _activities(user) -> QuerySet:
    """Staff see those that were published."""
    if sees_draft(user):
        return Activity.objects.all()
    published = PublishedActivity.objects.values("activity")
    return Activity.objects.filter(pk__in=published) if _see(user, None) else _no(Activity)


@access.visible(Allocation)
def _allocations(user) -> QuerySet:
    return Allocation.objects.all() if sees_draft(user) else _no(Allocation)


@access.visible(Publication)
def _publications(user) -> QuerySet:
    return Publication.objects.all() if _see(user, None) else _no(Publication)


def _no(model) -> QuerySet:
    return model.objects.none()
