"""Pages of logins: who can sign in, and closing and reopening (design §5). Nothing here gives power to decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import accounts
from ismsroles.core.access import require
from ismsroles.core.models import User
from ismsroles.core.paging import page_of, typed
from roles.forms.filters import FindForm
from roles.queries import logins as queries
from roles.views.parts import confirm_page

FORM = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = {"": gettext_lazy("All"), "open": gettext_lazy("Open"), "closed": gettext_lazy("Closed")}


@require_safe
def logins(request: HttpRequest) -> HttpResponse:
    """Every login: whose it is, what follows for it from the register, when it was last used."""
    require(request.user, "core.logins.see")
    words, show = typed(request, "q"), typed(request, "show")
    page = page_of(request, queries.listed(words, show))
    page.object_list = queries.with_what_they_open(list(page.object_list))
    context = {
        "page_obj": page,
        "filter": FindForm({"q": words}),
        "show": show if show in SHOWN else "",
        "shown": SHOWN.items(),
    }
    return render(request, "roles/logins.html", context)


@FORM
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a login: whoever uses it is out at the next request."""
    one = _one(request, pk)
    require(request.user, "core.login.close", one)

    def act(**values):
        return accounts.close_login(one, **values)

    return confirm_page(
        request, act, done=_("Closed: the login of %(it)s."), to=reverse("logins"), lead=one.email, crumbs=_crumbs(),
        heading=_("Close the login of %(name)s?") % {"name": one}, action_label=_("Close the login"), cancel_url=reverse("logins"),
        consequences=[
            _("%(name)s is signed out at the next click and cannot sign in.") % {"name": one},
            _("The roles of the person stay as they are. End them where somebody leaves."),
            _("You can open the login again."),
        ],
    )  # fmt: skip


@FORM
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed login again."""
    one = _one(request, pk)
    require(request.user, "core.login.reopen", one)

    def act(**values):
        return accounts.reopen_login(one, **values)

    return confirm_page(
        request, act, done=_("Open again: the login of %(it)s."), to=reverse("logins"), lead=one.email, crumbs=_crumbs(), harmless=True,
        heading=_("Open the login of %(name)s again?") % {"name": one}, action_label=_("Open the login"), cancel_url=reverse("logins"),
        consequences=[
            _("%(name)s can sign in with the password they had.") % {"name": one},
            _("What they may do follows from the roles they hold today, and from nothing else."),
        ],
    )  # fmt: skip


def _one(request: HttpRequest, pk: int) -> User:
    require(request.user, "core.logins.see")
    return get_object_or_404(User, pk=pk)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Logins"), reverse("logins"))]
