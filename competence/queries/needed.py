"""What roles need, as lists."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from competence.models import Requirement, Skill
from ismsroles.core.access import visible_to
from roles.models import Role


@dataclass
class NeedsOfRole:
    """One role with its lines."""

    role: Role
    lines: list[Requirement] = field(default_factory=list)


def skills(user) -> QuerySet[Skill]:
    """Every skill in use with the number of roles that must or should have it."""
    counted = Q(requirements__ends_on=None, requirements__is_suggested=False)
    rows = visible_to(user, Skill).in_use()
    return rows.annotate(
        must=Count("requirements", filter=counted & Q(requirements__strength="must")),
        should=Count("requirements", filter=counted & Q(requirements__strength="should")),
    )


def roles(user, *, suggested: bool = False) -> list[NeedsOfRole]:
    """Every role in force with what it needs; two queries."""
    lines: dict[int, list[Requirement]] = defaultdict(list)
    rows = (
        visible_to(user, Requirement)
        .present()
        .filter(is_suggested=suggested)
        .select_related("skill")
        .order_by("strength", "skill__name")
    )
    for row in rows:
        lines[row.role_id].append(row)
    found = visible_to(user, Role).active().order_by("title")
    return [NeedsOfRole(role, lines[role.pk]) for role in found if lines[role.pk] or not suggested]


def waiting(user) -> int:
    """How many roles have suggestions that nobody has confirmed."""
    rows = visible_to(user, Requirement).present().filter(is_suggested=True, role__state="active")
    return rows.order_by().values("role").distinct().count()
