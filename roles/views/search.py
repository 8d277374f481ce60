"""Find a role, a person or a responsibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ismsroles.core.access import require
from ismsroles.core.paging import typed
from roles.queries import found


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What fits, by kind; only what the user may see."""
    require(request.user, "roles.register.see")
    words = typed(request, "q")
    return render(
        request, "roles/search.html", {"q": words, "shortest": found.SHORTEST, **found.search(request.user, words)}
    )
