"""Inbox, one message, preferences, and the table of who is told what (K2). Reading changes nothing: buttons do (rule 14)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ismsroles.core.access import visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from ismsroles.notices import actions, kinds
from ismsroles.notices.forms import PreferenceForm
from ismsroles.notices.models import Message, Preference

SHOWN = {"new": {"read_at": None, "done_at": None}, "": {"done_at": None}, "aside": {"done_at__isnull": False}}


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """My messages, newest first."""
    mine, show = visible_to(request.user, Message), typed(request, "show")
    show = show if show in SHOWN else ""
    new = mine.filter(**SHOWN["new"]).count()
    context = {"page_obj": page_of(request, mine.filter(**SHOWN[show])), "show": show, "new": new}
    return render(request, "notices/inbox.html", context)


@require_POST
def inbox_read(request: HttpRequest) -> HttpResponse:
    """All of mine are read."""
    actions.read(visible_to(request.user, Message), actor=request.user)
    said(request, _("Everything counts as read."))
    return redirect("inbox")


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, with the way to its page."""
    one = get_object_or_404(visible_to(request.user, Message), pk=pk)
    return render(request, "notices/message.html", {"one": one})


@require_POST
def message_read(request: HttpRequest, pk: int) -> HttpResponse:
    """I have read it; or I am done with it."""
    one = get_object_or_404(visible_to(request.user, Message), pk=pk)
    verb = actions.put_aside if request.POST.get("way") == "aside" else actions.read
    verb(Message.objects.filter(pk=one.pk), actor=request.user)
    said(request, _("Put aside.") if verb is actions.put_aside else _("It counts as read."))
    return redirect("inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """When my digest comes."""
    now = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    form = PreferenceForm(request.POST if request.method == "POST" else None, instance=now)
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(form, actions.prefer, actor=request.user, **form.cleaned_data):
        said(request, _("Kept."))
        return redirect("message-preferences")
    context = {"form": form, "kinds": kinds.known()}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)
