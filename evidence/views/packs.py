"""Evidence packs of an engagement: asked for, watched while they are built, downloaded (D5)."""

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evidence.actions import packs
from evidence.models import Engagement, Pack
from evidence.pack.chapters import CHAPTERS
from ismsroles.core.access import require, visible_to
from roles.views.parts import form_page, kept


@require_http_methods(["GET", "HEAD", "POST"])
def engagement_packs(request: HttpRequest, pk: int) -> HttpResponse:
    """What a pack holds, those that were built, how far the one being built has come."""
    one = get_object_or_404(visible_to(request.user, Engagement), pk=pk)
    require(request.user, packs.VERB, one)
    rows = list(one.packs.all()[:20])
    building = any(pack.is_building for pack in rows)
    if request.htmx and "wait" in request.GET:
        return HttpResponse(status=204) if building else HttpResponse(headers={"HX-Refresh": "true"})
    return form_page(
        request, kept(request, Form), lambda actor: packs.ask(one, actor=actor), done=_("It is being built. The page shows how far it is."),
        to=lambda _pack: reverse("engagement-packs", args=[one.pk]), template="evidence/packs.html",
        engagement=one, packs=rows, building=building, chapters=CHAPTERS,
    )  # fmt: skip


@require_safe
def pack_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The ZIP as it was built; who took it is recorded."""
    pack = get_object_or_404(Pack.objects.filter(engagement__in=visible_to(request.user, Engagement)), pk=pk)
    require(request.user, packs.VERB, pack.engagement)
    if not pack.sha256:
        raise Http404
    if request.method == "GET":
        packs.record_download(pack, actor=request.user)
    name = f"evidence-{slugify(pack.engagement.name) or 'audit'}-{pack.asked_at:%Y-%m-%d}.zip"
    answer = FileResponse(pack.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
    answer["X-SHA256"] = pack.sha256
    return answer
