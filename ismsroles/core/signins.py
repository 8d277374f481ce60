"""Sign-ins, refusals and sign-outs are events (ASVS 16.3.1)."""

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from ismsroles.core import clock, events, sentences  # noqa: F401  (registers the codes)


@receiver(user_logged_in)
def _signed_in(sender, request, user, **_rest) -> None:
    if request is not None and hasattr(request, "session"):
        request.session["began"] = request.session["seen"] = clock.now().timestamp()
    events.record("login.signed_in", actor=user, subject=user)


@receiver(user_logged_out)
def _signed_out(sender, request, user, **_rest) -> None:
    if user is not None:
        events.record("login.signed_out", actor=user, subject=user)


@receiver(user_login_failed)
def _refused(sender, credentials, **_rest) -> None:
    address = str(credentials.get("email") or credentials.get("username") or "")[:254]
    events.record("login.refused", actor=None, subject=None, email=address)


@receiver([password_changed, password_set, password_reset])
def _password(sender, request, user, **_rest) -> None:
    events.record("login.password_changed", actor=user, subject=user)
