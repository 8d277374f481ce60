"""Lists as files, with the filter of the page they were asked from."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import require
from ismsroles.core.exports import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from ismsroles.core.paging import typed
from roles.forms.filters import ListFilter
from roles.queries import people as people_queries
from roles.queries import register, sheets


def _file(request: HttpRequest, title: str, name: str, headers: list[str], rows: list[list]) -> HttpResponse:
    xlsx = request.GET.get("format") == "xlsx"
    content = xlsx_bytes(title, headers, rows) if xlsx else csv_bytes(headers, rows)
    response = HttpResponse(content, content_type=XLSX_TYPE if xlsx else CSV_TYPE)
    day = clock.today().isoformat()
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.{"xlsx" if xlsx else "csv"}"'
    return response


@require_safe
def roles_export(request: HttpRequest) -> HttpResponse:
    """The roles of the list with all that is written about them."""
    user, day = request.user, clock.today()
    require(user, "roles.register.see")
    asked = ListFilter(request.GET, areas=register.area_choices(user)).asked()
    question = register.QUESTIONS.get(typed(request, "show"), register.QUESTIONS[""])[1]
    rows = register.narrowed(register.roles(user, day), day, **asked).filter(question)
    listed = register.with_seats(register.with_texts(register.ordered(rows, typed(request, "sort"))), user, day)
    return _file(request, _("Roles"), "roles", sheets.ROLE_HEADERS, sheets.role_rows(listed))


@require_safe
def people_export(request: HttpRequest) -> HttpResponse:
    """The people of the list; the import takes the same file in again."""
    user, day = request.user, clock.today()
    require(user, "roles.people.see")
    asked = ListFilter(request.GET, areas=register.area_choices(user)).asked()
    questions = people_queries.questions(day)
    rows = people_queries.people(user, **asked).filter(questions.get(typed(request, "show"), questions[""])[1])
    listed = people_queries.ordered(rows, typed(request, "sort"))
    return _file(request, _("People"), "people", sheets.PEOPLE_HEADERS, sheets.people_rows(listed, user, day))
