"""Pages that need no sign-in: whether the product is up, and the page behind an invitation."""

from django import forms
from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import access, accounts
from ismsroles.core.errors import NotAllowed, WrongState
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import public, said

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """ "ok" when the web process answers and its database does; for load balancers and monitors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


class NewPassword(forms.Form):
    """A password, typed twice."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 12 characters. A sentence is easy to remember."),
    )
    again = forms.CharField(
        label=gettext_lazy("The same password again"),
        help_text=gettext_lazy("So that a slip does not lock you out."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict:
        answers = super().clean()
        if answers.get("password") and answers.get("again") and answers["password"] != answers["again"]:
            self.add_error("again", _("The two are not the same. Write the second one again."))
        return answers


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind a mailed link. Reading it changes nothing (rule 14); the button sets the password and signs in."""
    try:
        user = accounts.invitation_for(secret).user
    except WrongState as error:
        return render(request, "core/invitation_over.html", {"message": error.message}, status=error.status)
    form = NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = attempt(form, accounts.accept_invitation, secret, password=form.cleaned_data["password"])
        if opened:
            return _sign_in(request, opened)
    context = {"form": form, "invited": user}
    return render(request, "core/invitation.html", context, status=422 if form.errors else 200)


def _sign_in(request: HttpRequest, user) -> HttpResponse:
    if not access.may_enter(user):
        raise NotAllowed(_("Your password is set, but your time here is over, so you cannot come in."))
    login(request, user, backend=BACKEND)
    said(request, _("Your password is set and you are signed in. Next time, sign in with your e-mail address and it."))
    return redirect("home")
