"""Bytes as they were kept: the PDF, its content, and the comparing of a copy."""

from allauth.core import ratelimit
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from evidence.forms import VerifyForm
from evidence.views.document import visible_version
from ismsroles.core.middleware import public
from ismsroles.records import actions as records
from ismsroles.records.models import Artefact, SealKey, Version
from ismsroles.records.verify import Verdict, by_code, verify

# Shown in a frame of our own pages only; the browser's PDF viewer is an object of this response.
VIEWED = {"default-src": ["'none'"], "object-src": ["'self'"], "frame-ancestors": ["'self'"]}


@require_safe
@xframe_options_sameorigin
@csp_replace(VIEWED)
def version_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored PDF, never rendered anew: the final one, or the draft while there is no other."""
    version = visible_version(request, pk)
    if version.current_pdf_id is None:
        raise Http404
    if version.is_signed and request.method == "GET":
        records.record_download(version, actor=request.user)
    return _kept(version.current_pdf_id, _name(version, "pdf"), as_attachment="download" in request.GET)


@require_safe
def version_snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """The content that was frozen and signed, in its one canonical form."""
    version = visible_version(request, pk)
    return _kept(version.snapshot_id, _name(version, "json"), as_attachment=True)


def _kept(digest: str, name: str, *, as_attachment: bool) -> HttpResponse:
    artefact = Artefact.objects.get(pk=digest)
    headers = {"Content-Disposition": content_disposition_header(as_attachment, name), "X-SHA256": digest}
    return HttpResponse(bytes(artefact.content), content_type=artefact.media_type, headers=headers)


def _name(version: Version, ending: str) -> str:
    """A plain file name: title, number, and whether it is only a draft."""
    parts = [slugify(version.title) or "document", slugify(version.number.replace(".", "-"))]
    return "-".join(parts + ([] if version.is_signed else ["draft"])) + f".{ending}"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Is this copy what was signed? For anybody; the file is compared, not kept."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    context = {"form": form, "keys": SealKey.objects.all()}
    if request.method == "POST":
        form = context["form"] = VerifyForm(request.POST, request.FILES)
        if not ratelimit.consume(request, action="verify"):
            return render(request, "429.html", status=429)
        context |= _compared(request, form)
    return render(request, "evidence/verify.html", context, status=422 if form.errors else 200)


def _compared(request: HttpRequest, form: VerifyForm) -> dict[str, Verdict | Version | None | bool]:
    if getattr(request, "upload_too_large", False):
        form.errors.clear()
        form.add_error("file", _("This file is larger than 10 MB, so it is none of ours."))
    elif form.is_valid():
        file, code = form.cleaned_data.get("file"), form.cleaned_data.get("code")
        if file is not None:
            return {"verdict": verify(file.read())}
        if code:
            return {"asked_code": code, "coded": by_code(code)}
        form.add_error("file", _("Choose the PDF that you have, or write the code that is printed on it."))
    return {}
