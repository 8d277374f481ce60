"""The page of one's own calendar link, and the calendar that programs fetch (T2). Fetching changes nothing (rule 14)."""

from allauth.core import ratelimit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ismsroles.core.access import require
from ismsroles.core.middleware import public, said
from reviews.actions.feeds import make_link, revoke_link
from reviews.models import CalendarFeed
from reviews.queries.feeds import calendar_of, person_behind
from roles.policy import standing


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What a calendar link is, and whether there is one."""
    require(request.user, "reviews.calendar.own")
    found = CalendarFeed.objects.filter(person=standing(request.user).person).first()
    return render(request, "reviews/my_calendar.html", {"feed": found})


@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """Make a link, or a new one; it is shown this once."""
    require(request.user, "reviews.calendar.own")
    person = standing(request.user).person
    secret = make_link(person, actor=request.user)
    address = settings.BASE_URL.rstrip("/") + reverse("calendar-feed", args=[secret])
    found = CalendarFeed.objects.get(person=person)
    return render(request, "reviews/my_calendar.html", {"feed": found, "address": address})


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Take it back."""
    require(request.user, "reviews.calendar.own")
    revoke_link(standing(request.user).person, actor=request.user)
    said(request, _("The link is taken back. Programs that have it read nothing more."))
    return redirect("calendar")


@public
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar as programs read it; a secret that is nobody's is no page."""
    if not ratelimit.consume(request, action="calendar"):
        return render(request, "429.html", status=429)
    person = person_behind(secret)
    if person is None:
        raise Http404
    return HttpResponse(
        calendar_of(person),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="calendar.ics"', "Cache-Control": "private, no-store"},
    )
