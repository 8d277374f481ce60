"""Lists as files, and the history of one row: what several pages of this app offer."""

from collections.abc import Sequence

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ismsroles.core import clock
from ismsroles.core.access import require, visible_to
from ismsroles.core.exports import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from ismsroles.core.paging import page_of
from roles.queries import history


def download(content: bytes, media_type: str, filename: str) -> HttpResponse:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def sheet(request: HttpRequest, title: str, name: str, headers: Sequence, rows: list[list]) -> HttpResponse:
    """A list as a workbook or as text, with today's date in its name."""
    xlsx = request.GET.get("format") == "xlsx"
    words = [str(header) for header in headers]
    content = xlsx_bytes(title, words, rows) if xlsx else csv_bytes(words, rows)
    ending, media_type = ("xlsx", XLSX_TYPE) if xlsx else ("csv", CSV_TYPE)
    return download(content, media_type, f"{name}-{clock.today().isoformat()}.{ending}")


def history_page(request: HttpRequest, model: type[Model], pk: int, crumb: tuple[str, str]) -> HttpResponse:
    """What was written about one row: was and now."""
    subject = get_object_or_404(visible_to(request.user, model), pk=pk)
    require(request.user, "roles.log.see")
    context = {"subject": subject, "page_obj": page_of(request, history.of_row(subject)), "crumb": crumb}
    return render(request, "roles/log_history.html", context)
