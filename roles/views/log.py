"""The log of everything that was done, and the histories of single things (rule 12)."""

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ismsroles.core.access import require, visible_to
from ismsroles.core.paging import page_of
from roles.forms.filters import LogFilter
from roles.models import Area, Person, Role
from roles.queries import history
from roles.queries import log as queries

SEE = "roles.log.see"


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Every event as a sentence: who, when, why; narrowed by person, day and kind."""
    require(request.user, SEE)
    form = LogFilter(request.GET, people=visible_to(request.user, Person))
    asked = form.asked()
    page = page_of(request, queries.narrowed(user=request.user, **asked))
    return render(request, "roles/log.html", {"page_obj": page, "filter": form, "is_narrowed": bool(asked)})


def _history(request: HttpRequest, model: type[Model], pk: int, entries, crumb: tuple[str, str]) -> HttpResponse:
    subject = get_object_or_404(visible_to(request.user, model), pk=pk)
    require(request.user, SEE)
    context = {"subject": subject, "page_obj": page_of(request, entries(subject)), "crumb": crumb}
    return render(request, "roles/log_history.html", context)


@require_safe
def role_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written about a role, its responsibilities, authorities and holders: was and now."""
    return _history(request, Role, pk, history.of_role, (_("Roles"), reverse("roles")))


@require_safe
def person_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written about a person and what they hold: was and now."""
    return _history(request, Person, pk, history.of_person, (_("People"), reverse("people")))


@require_safe
def area_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written about an area: was and now."""
    return _history(request, Area, pk, history.of_area, (_("Areas"), reverse("areas")))
