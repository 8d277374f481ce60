"""Signing in and passwords, by django-allauth; what this product does not offer answers 404.

Logins come from invitations, and an address is changed by nobody but through the register: so no sign-up, no own addresses."""

from allauth.account.urls import urlpatterns as offered
from django.http import Http404, HttpRequest

OPEN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
WITHOUT_SIGN_IN = OPEN - {"account_reauthenticate", "account_change_password"}


def closed(request: HttpRequest, **_rest: str):
    """Not offered here. The name stays, because django-allauth asks for it."""
    raise Http404


def _or_closed(pattern):
    if pattern.name not in OPEN:
        pattern.callback = closed
    pattern.callback.is_public = pattern.name in WITHOUT_SIGN_IN
    return pattern


urlpatterns = [_or_closed(pattern) for pattern in offered]
