"""The published matrix and register as one page to read, by sign-on or by a link; it may stand in a frame of the intranet (K1)."""

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import public
from raci.actions import links as actions
from raci.models import ReadingLink
from raci.queries import intranet as queries
from raci.queries.published import last_publication
from roles.forms.filters import day_input
from roles.forms.people import ReasonForm
from roles.views.parts import confirm_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
READS, GUESSES = 600, 20  # a minute from one address


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """For whoever is signed in."""
    require(request.user, "raci.matrix.see")
    return _page(request, by_link=False)


@public
@require_safe
def published_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """For whoever has a link that is in force; any other is simply not found."""
    link = actions.use_link(secret)
    if _too_many(request, *(("read", READS) if link else ("guess", GUESSES))):
        return render(request, "429.html", status=429)
    if link is None:
        raise Http404
    return _version(request, link, secret) if link.version else _page(request, by_link=True)


def _version(request: HttpRequest, link: ReadingLink, secret: str) -> HttpResponse:
    context = {"link": link, "version": link.version, "secret": secret}
    return _kept_nowhere(render(request, "raci/version_by_link.html", context))


@public
@require_safe
def file_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """The PDF of the version that a link opens, as it was signed and stored."""
    link = actions.use_link(secret)
    if _too_many(request, *(("read", READS) if link else ("guess", GUESSES))):
        return render(request, "429.html", status=429)
    if link is None or link.version is None or link.version.final is None:
        raise Http404
    kept_file, version = link.version.final, link.version
    name = f"{slugify(version.title) or 'document'}-{slugify(version.number.replace('.', '-'))}.pdf"
    headers = {"Content-Disposition": content_disposition_header(True, name), "X-SHA256": kept_file.pk}
    answer = HttpResponse(bytes(kept_file.content), content_type=kept_file.media_type, headers=headers)
    return _kept_nowhere(answer)


def _too_many(request: HttpRequest, what: str, at_most: int) -> bool:
    """Whether this address has asked too often in this minute. An office behind one address may read; nobody may guess."""
    minute = int(clock.now().timestamp() // 60)
    name = f"published:{what}:{minute}:{get_adapter().get_client_ip(request)}"
    cache.add(name, 0, timeout=120)
    return cache.incr(name) > at_most


def _page(request: HttpRequest, *, by_link: bool) -> HttpResponse:
    context = {
        "parts": queries.matrix_parts(), "roles": queries.register(clock.today()), "publication": last_publication(), "by_link": by_link,
        "day": clock.today(), "sees_links": not by_link and may(request.user, "raci.link.see"),
    }  # fmt: skip
    return _framed(render(request, "raci/published.html", context))


def _framed(response: HttpResponse) -> HttpResponse:
    """This page alone may stand in a frame, of the origins that are set (EMBED_ORIGINS). No cache, no search engine keeps it."""
    if settings.EMBED_ORIGINS:
        response._csp_replace = {"frame-ancestors": ["'self'", *settings.EMBED_ORIGINS]}
        response.xframe_options_exempt = True
    return _kept_nowhere(response)


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


class LinkForm(forms.ModelForm):
    """What the link is for, and until when."""

    class Meta:
        model = ReadingLink
        fields = ["purpose", "ends_on"]
        widgets = {"ends_on": day_input()}
        help_texts = {"purpose": gettext_lazy("Where the page is shown, or who gets the link.")}


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Every link that was made: by whom, until when, how often used."""
    require(request.user, "raci.link.see")
    rows = visible_to(request.user, ReadingLink).select_related("made_by", "revoked_by", "version")
    context = {
        "links": rows,
        "keeps": may(request.user, "raci.link.keep"),
        "day": clock.today(),
        "origins": settings.EMBED_ORIGINS,
    }
    return render(request, "raci/links.html", context)


@FORM
def link_add(request: HttpRequest) -> HttpResponse:
    """Make a link; its address is shown on the answer, once."""
    require(request.user, "raci.link.keep")
    form = kept(request, LinkForm)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.make_link, actor=request.user, **form.cleaned_data)
        if made is not None:
            link, secret = made
            address = settings.BASE_URL.rstrip("/") + reverse("published-link", args=[secret])
            return render(request, "raci/link_made.html", {"link": link, "address": address})
    context = {
        "form": form, "heading": _("Make a link"), "action_label": _("Make the link"), "cancel_url": reverse("links"),
        "lead": _("Whoever has it reads the published matrix and the roles in force, without signing in."),
        "crumbs": [(_("Links"), reverse("links"))],
        "note": _("The address is shown once, right after this. You can revoke it at any time."),
    }  # fmt: skip
    return render(request, "ui/form_page.html", context, status=422 if form.errors else 200)


@FORM
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """It stops working at once."""
    link = get_object_or_404(visible_to(request.user, ReadingLink), pk=pk)
    require(request.user, "raci.link.keep")

    def revoke(**values):
        return actions.revoke_link(link, **values)

    return confirm_page(
        request, revoke, done=_("The link no longer works."), to=reverse("links"), form=kept(request, ReasonForm),
        heading=_("Revoke this link?"), lead=str(link), crumbs=[(_("Links"), reverse("links"))],
        action_label=_("Revoke the link"), cancel_url=reverse("links"),
        consequences=[_("Whoever opens it from now on finds nothing."), _("It cannot be given back. Make another one instead.")],
    )  # fmt: skip
