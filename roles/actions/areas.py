"""Areas: add, change, remove."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import events, history
from ismsroles.core.access import require
from ismsroles.core.errors import InUse
from roles import users
from roles.actions import changes
from roles.models import Area
from roles.queries.people import representatives_of


@transaction.atomic
def add_area(*, actor, **values: Any) -> Area:
    """A new area (A1, T1)."""
    require(actor, "roles.area.keep")
    area = history.save(Area(**values), actor=actor)
    events.record("area.added", actor=actor, subject=area)
    return area


@transaction.atomic
def change_area(area: Area, *, actor, **values: Any) -> Area:
    """Change what is written about an area."""
    require(actor, "roles.area.keep")
    area = Area.objects.select_for_update().get(pk=area.pk)
    if what := changes.apply(area, values):
        history.save(area, actor=actor)
        events.record("area.changed", actor=actor, subject=area, what=what)
    return area


@transaction.atomic
def remove_area(area: Area, *, actor) -> None:
    """Remove an area that nothing needs; refused with the list of what does (rule 7)."""
    require(actor, "roles.area.keep")
    area = Area.objects.select_for_update().get(pk=area.pk)
    if needed := users_of(area):
        raise InUse(_("%(area)s is still in use, so it was not removed. Move these first.") % {"area": area}, needed)
    events.record("area.removed", actor=actor, subject=area)
    history.delete(area, actor=actor)


def users_of(area: Area) -> list[str]:
    """What needs this area, one line each."""
    parts = [_("Area: %s") % part for part in area.parts.all()]
    people = [_("Person: %s") % person for person in area.people.all()[:50]]
    roles = [_("Role: %s") % role for role in area.roles.all()[:50]]
    held = [_("Assignment: %s") % a for a in area.assignments.select_related("person", "role")[:50]]
    looked_after = [_("Representative: %s") % person for person in representatives_of(area)]
    return parts + people + roles + held + looked_after + users.more(area)
