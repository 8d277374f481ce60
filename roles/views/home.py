"""`/`: each persona's own start page (design §8)."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ismsroles.core import homes
from ismsroles.core.middleware import public
from roles.actions.setup import is_set_up


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where this person begins; before the first run, the setting up."""
    if request.user.is_authenticated:
        return redirect(homes.home_of(request.user))
    return redirect_to_login("/") if is_set_up() else redirect("setup")
