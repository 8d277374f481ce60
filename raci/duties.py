"""Duties that the matrix gives: whoever answers for an activity, or does it, carries what the activity is marked with (A5)."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from raci.models import Allocation
from roles.duties import Duty, provider
from roles.models import DutyTag


@provider
def _activities() -> Iterable[Duty]:
    """A and R give a role the duties of their activity; who supports, is asked or told does not carry them."""
    tags = dict(DutyTag.objects.values_list("key", "pk"))
    cells = Allocation.objects.filled().filter(Q(letters__contains="A") | Q(letters__contains="R"))
    marked = cells.exclude(activity__duties=[]).exclude(role__state="retired").order_by("pk")
    names = ("role_id", "activity__duties", "activity__title", "activity_id")
    for role, keys, title, pk in marked.values_list(*names):
        for key in keys:
            if key in tags:
                yield Duty(role, tags[key], title, reverse("activity", args=[pk]))
