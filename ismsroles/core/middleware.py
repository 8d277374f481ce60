"""What happens around every request."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from ismsroles.core import access, clock, events, scope
from ismsroles.core.errors import NotAllowed, Refusal, WrongState

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]


class RequestScope:
    """One scope and one correlation id for each request; what is shown to a person is not kept by caches."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with scope.opened() as correlation:
            request.correlation = correlation
            response = self.answer(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


class SessionLimits:
    """Sessions end when idle or old (ASVS 7.3), and at the next request of somebody who may no longer come in (rule 5, case 9)."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            moment = clock.now().timestamp()
            if not access.may_enter(request.user):
                logout(request)
                messages.warning(
                    request, _("Your access has ended. If that is wrong, ask the information security manager.")
                )
            elif self._is_over(request, moment):
                logout(request)
                messages.info(
                    request, _("You were signed out because nothing happened for a while. Sign in again to go on.")
                )
            elif moment - request.session.get("seen", 0) > 60:
                request.session["seen"] = moment
        return self.answer(request)

    @staticmethod
    def _is_over(request: HttpRequest, moment: float) -> bool:
        session = request.session
        idle = moment - session.get("seen", moment) > settings.SESSION_IDLE_SECONDS
        return idle or moment - session.get("began", moment) > settings.SESSION_COOKIE_AGE


class SignedInOnly:
    """Default deny: every page asks for a sign-in but those whose view is marked with `public`."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if getattr(view, "is_public", False) or request.user.is_authenticated:
            return None
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


def public(view):
    """Marks a view that needs no sign-in."""
    view.is_public = True
    return view


class Refusals:
    """A refusal becomes a page with its sentence, never a fault page; whatever the view wrote is rolled back by its action."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, IntegrityError):
            log.warning("the database refused what %s wrote: %s", request.path, error)
            error = WrongState(
                _("Something else was saved at the same moment, so nothing of this was. Look again, then repeat it.")
            )
        if not isinstance(error, Refusal):
            return None
        if isinstance(error, NotAllowed) and request.method == "POST":
            actor = request.user if request.user.is_authenticated else None
            events.record("access.refused", actor=actor, subject=None, path=request.path[:200])
        context = {
            "message": error.message,
            "changes": getattr(error, "changes", []),
            "users": getattr(error, "users", []),
        }
        return render(request, error.template, context, status=error.status)


def said(request: HttpRequest, sentence: str) -> None:
    """Tell the person what was done, on the next page."""
    messages.success(request, sentence)


__all__ = ["Refusals", "RequestScope", "SessionLimits", "SignedInOnly", "public", "said"]
