"""The drafted matrix as a PDF: asked for, being made, offered (M1). Nobody waits in a request."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core.access import require
from raci.actions import printing
from raci.models import MatrixPrint
from raci.views.files import download

SEE = "raci.draft.see"


@require_http_methods(["GET", "HEAD", "POST"])
def matrix_pdf(request: HttpRequest) -> HttpResponse:
    """Ask for it; see that it is being made; take it."""
    require(request.user, SEE)
    if request.method == "POST":
        printing.ask_for_pdf(actor=request.user)
        return redirect("matrix-pdf")
    newest, is_current = printing.latest()
    is_made = newest is not None and newest.made_at is not None
    if request.htmx and "wait" in request.GET:
        return HttpResponse(headers={"HX-Refresh": "true"}) if is_made else HttpResponse(status=204)
    context = {"print": newest, "is_current": is_current, "is_made": is_made}
    return render(request, "raci/matrix_pdf.html", context)


@require_safe
def matrix_pdf_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file."""
    require(request.user, SEE)
    row = get_object_or_404(MatrixPrint.objects.fresh(), pk=pk)
    if row.content is None:
        raise Http404
    return download(bytes(row.content), "application/pdf", f"{row}.pdf")
