"""The matrix of the register as an import or an export needs it: three statements, however large it is."""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from raci.models import Activity, ActivityGroup, Allocation
from roles.models import Role


@dataclass
class Matrix:
    """Activities in their order, roles in theirs, and the letters where they meet."""

    activities: list[tuple[int, str, str]] = field(default_factory=list)  # number, title, process
    roles: list[tuple[int, str]] = field(default_factory=list)
    letters: dict[tuple[int, int], str] = field(default_factory=dict)


def drafted(*, all_roles: bool = False, lock: bool = False) -> Matrix:
    """The matrix as it is drafted. With `all_roles`, also those that are not in force: a file may name any."""
    rows = Activity.objects.in_force().order_by("group__position", "group_id", "position", "pk")
    if lock:
        rows = rows.select_for_update(of=("self",))
    activities = [(row.pk, row.title, row.group.name) for row in rows.select_related("group")]
    cells = Allocation.objects.filled().values_list("activity_id", "role_id", "letters")
    return Matrix(activities, list(_roles(all_roles)), {(a, r): letters for a, r, letters in cells})


def _roles(everyone: bool):
    """As somebody ordered them, else by title."""
    used = Exists(Allocation.objects.filled().filter(role=OuterRef("pk")))
    rows = Role.objects.exclude(state="retired") if everyone else Role.objects.filter(Q(state="active") | used)
    ordered = rows.order_by(F("matrix_column__position").asc(nulls_last=True), Lower("title"), "pk")
    return ordered.values_list("pk", "title")


def groups() -> dict[str, ActivityGroup]:
    """The processes in use, by name in lower case."""
    return {group.name.lower(): group for group in ActivityGroup.objects.filter(retired=False)}
