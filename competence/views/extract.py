"""The security duties of a role or a person as a file (K3)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from competence import extract
from ismsroles.core import clock
from ismsroles.core.access import require, visible_to
from roles.models import Person, Role

FORMS = {"pdf": (extract.pdf, extract.PDF_TYPE), "docx": (extract.docx, extract.DOCX_TYPE)}


@require_safe
def role_extract(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """What a role must do and may decide."""
    role = get_object_or_404(visible_to(request.user, Role).active(), pk=pk)
    return _file(form, lambda day: extract.of_role(role, day), f"role-{pk}")


@require_safe
def person_extract(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """What a person must do and may decide: as their page says it."""
    person = get_object_or_404(visible_to(request.user, Person), pk=pk)
    require(request.user, "roles.register.see")
    return _file(form, lambda day: extract.of_person(person, day), f"person-{pk}")


def _file(form: str, made, name: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    day = clock.today()
    write, media_type = FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="duties-{name}-{day.isoformat()}.{form}"'}
    return HttpResponse(write(made(day)), content_type=media_type, headers=headers)
