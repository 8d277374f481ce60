"""The two gestures that nearly every page of the register makes: a form that acts, and a question before something ends."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said

Act = Callable[..., Any]
FORM, CONFIRM = "ui/form_page.html", "ui/confirm_page.html"


def form_page(
    request: HttpRequest, form: BaseForm, act: Act, *, done: str, to: Any = None, template: str = FORM, **context: Any
) -> HttpResponse:
    """Show a form. When what was sent has the right shape, `act` gets it; then say `done` and go on.

    `to` is where to go: an object, an address, or a function of what the action gave back (the default: that itself).
    In `done`, %(it)s stands for what the action gave back."""
    if request.method == "POST" and form.is_valid():
        result = attempt(form, act, actor=request.user, **form.cleaned_data)
        if result is not None:
            said(request, done.replace("%(it)s", str(result)))
            return redirect(to(result) if callable(to) else to or result)
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def confirm_page(
    request: HttpRequest,
    act: Act,
    *,
    done: str,
    to: Any,
    form: BaseForm | None = None,
    template: str = CONFIRM,
    **context: Any,
) -> HttpResponse:
    """Say what will happen, and do it when the person says yes (rule 14: nothing happens on GET)."""
    return form_page(request, form or kept(request, Form), act, done=done, to=to, template=template, **context)


def kept(request: HttpRequest, form_class: type[BaseForm], **kwargs: Any) -> BaseForm:
    """The form with what was sent, or as it stands."""
    return form_class(request.POST if request.method == "POST" else None, **kwargs)
