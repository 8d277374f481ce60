"""One search over roles, people and what roles must do; everybody finds only what they may see."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from ismsroles.core import clock
from ismsroles.core.access import visible_to
from roles.models import Person, Responsibility, Role
from roles.queries import register

SHOWN = 20
SHORTEST = 2


def search(user, words: str) -> dict[str, Any]:
    """The first twenty of each kind, and whether there are more."""
    if len(words) < SHORTEST:
        return {"roles": [], "people": [], "duties": [], "nothing": False, "more": False}
    day = clock.today()
    rows = register.found(visible_to(user, Role), words, day).select_related("area").order_by(Lower("title"))
    people = visible_to(user, Person).found_by(words).select_related("area").order_by("name_key", "pk")
    lists = [list(one[: SHOWN + 1]) for one in (rows, people, _duties(user, words))]
    roles, found_people, duties = (one[:SHOWN] for one in lists)
    return {
        "roles": register.with_seats(roles, user, day),
        "people": found_people,
        "duties": duties,
        "nothing": not any(lists),
        "more": any(len(one) > SHOWN for one in lists),
    }


def _duties(user, words: str) -> QuerySet[Responsibility]:
    said = Q()
    for word in words.split():
        said &= Q(text__icontains=word)
    rows = Responsibility.objects.filter(said, role__in=visible_to(user, Role)).exclude(role__state="retired")
    return rows.select_related("role").order_by("role__title", "position")
