"""The starter library: choose a size, read, tick, adopt (R4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ismsroles.core.access import require
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from roles.actions.starter import adopt_roles
from roles.forms.register import AdoptForm
from roles.queries import offer
from roles.starter import SIZES


@require_http_methods(["GET", "HEAD", "POST"])
def starter(request: HttpRequest) -> HttpResponse:
    """What the library offers an organisation of this size; the ticked ones are adopted."""
    require(request.user, "roles.starter.adopt")
    asked = (request.POST if request.method == "POST" else request.GET).get("size")
    size = asked if asked in SIZES else offer.own_size()
    offers = offer.offers(size)
    form = AdoptForm(request.POST if request.method == "POST" else None, initial={"size": size})
    form.fields["keys"].choices = [(one.starter.key, one.starter.title) for one in offers]
    form.fields["size"].choices = [(one, one) for one in SIZES]
    if form.is_valid() and (adopted := attempt(form, adopt_roles, actor=request.user, **form.cleaned_data)) is not None:
        said(request, _adopted_words(len(adopted)))
        return redirect("roles")
    ticked = form["keys"].value() or [] if form.is_bound else [one.starter.key for one in offers if not one.there]
    context = {"form": form, "offers": offers, "size": size, "sizes": offer.size_links(size), "ticked": ticked}
    return render(request, "roles/starter.html", context, status=422 if form.errors else 200)


def _adopted_words(count: int) -> str:
    if not count:
        return _("Those roles were there already. Nothing was added.")
    return ngettext(
        "Adopted one role. Edit its words as you like.", "Adopted %(n)s roles. Edit their words as you like.", count
    ) % {"n": count}
