"""The roles of the organisation as a whole: looked at after a change that touches more than one of them (V2)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.models import Organisation
from reviews.reviewable import Kind, Line, register
from roles.clauses import CLAUSES
from roles.models import Area, Process
from roles.queries.held import MUST_BE_HELD, held_roles


def _organisation(day: date) -> QuerySet[Organisation]:
    return Organisation.objects.order_by("pk")


def whole_lines(row: Organisation, day: date) -> Iterator[Line]:
    """Who holds clause 5.3 a and b, what each area in scope has, and which process has a role."""
    held = held_roles(day)
    for code in MUST_BE_HELD:
        names = [str(seat.person) for one in held if code in one.role.clauses for seat in one.holders]
        text = _("%(clause)s: %(text)s") % {"clause": code, "text": CLAUSES[code]}
        yield Line(
            f"clause-{code}", _("Clause 5.3"), text, (", ".join(names) or _("nobody"),), change_url=reverse("roles")
        )
    for area in Area.objects.filter(in_scope=True).order_by("name"):
        titles = [one.role.title for one in held if one.role.area_id == area.pk]
        facts = (", ".join(titles) or _("no role of its own"),)
        yield Line(f"area-{area.pk}", _("Areas in scope"), area.name, facts, change_url=reverse("areas"))
    for process in Process.objects.filter(state="active").prefetch_related("parts__role"):
        facts = tuple(f"{part.role}: {part.does}" for part in process.parts.all()) or (_("no role has a part in it"),)
        yield Line(f"process-{process.pk}", _("Processes"), process.name, facts, change_url=process.get_absolute_url())


WHOLE = register(
    Kind(
        "whole",
        gettext_lazy("Roles as a whole"),
        gettext_lazy("roles as a whole"),
        _organisation,
        whole_lines,
        named=lambda row: _("Roles as a whole"),
        url=lambda row: reverse("roles"),
        periodic=False,
    )
)
