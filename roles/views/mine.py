"""My responsibilities (K1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import may
from roles.policy import standing
from roles.queries import assignments, delegations, letters
from roles.queries import mine as queries


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I must do, what I may decide, who stands in for me, what waits for me, and who does the rest."""
    user, day = request.user, clock.today()
    person = standing(user).person
    context = {
        "person": person,
        "mine": queries.of(person if may(user, "roles.register.see") else None, day),
        "sees_register": may(user, "roles.register.see"),
        "letters": letters.to_answer(person, day),
        **delegations.of_person(person, day),
        "changes": queries.changes(person) if person else [],
        "to_decide": assignments.count_waiting(user) or 0,
    }
    return render(request, "roles/mine.html", context)
