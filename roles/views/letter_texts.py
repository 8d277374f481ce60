"""The organisation's own words of its letters (A4): edited with fixed placeholders, looked at before they count."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ismsroles.core.access import may, require
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from roles.actions import letters as actions
from roles.forms.letters import TextForm
from roles.letters import texts
from roles.models import LetterText
from roles.queries import letter_texts as queries
from roles.views.assignments import FORM
from roles.views.parts import confirm_page

KINDS = dict(LetterText.KINDS)


def crumbs() -> list[tuple[str, str]]:
    return [(_("Letters"), reverse("letters")), (_("Texts"), reverse("letter-texts"))]


@require_safe
def letter_texts(request: HttpRequest) -> HttpResponse:
    """Which letters there are, and whose words they have."""
    require(request.user, "roles.letters.see")
    context = {"texts": queries.all_of_them(), "keeps": may(request.user, "roles.letter_text.keep")}
    return render(request, "roles/letter/texts.html", context)


@FORM
def letter_text(request: HttpRequest, kind: str) -> HttpResponse:
    """Write the words, look at the letter they make, then save."""
    if kind not in KINDS:
        raise Http404
    require(request.user, "roles.letter_text.keep")
    words = texts.in_force(kind)
    start = {**words._asdict(), "seen": texts.print_of(kind)}
    form = TextForm(request.POST if request.method == "POST" else None, initial=start)
    preview = None
    if form.is_valid():
        words_given = (kind, form.cleaned_data["title"], form.cleaned_data["body"])
        if "preview" in request.POST:
            preview = attempt(form, queries.preview, *words_given)
        elif "pdf" in request.POST:
            if pdf := attempt(form, queries.printed, *words_given):
                headers = {"Content-Disposition": 'inline; filename="preview.pdf"'}
                return HttpResponse(pdf, content_type="application/pdf", headers=headers)
        elif attempt(form, actions.change_text, kind, actor=request.user, **form.cleaned_data):
            said(request, _("Saved. Letters from now on have these words; those written stay as they are."))
            return redirect("letter-texts")
    context = {"form": form, "kind": kind, "name": KINDS[kind], "preview": preview, "history": queries.earlier(kind)}
    return render(request, "roles/letter/text.html", context, status=422 if form.errors else 200)


@FORM
def letter_text_default(request: HttpRequest, kind: str) -> HttpResponse:
    """Back to the words that come with the product."""
    if kind not in KINDS:
        raise Http404
    require(request.user, "roles.letter_text.keep")

    def give_up(**values):
        return actions.give_up_text(kind, **values)

    return confirm_page(
        request, give_up, done=_("Letters have the words that come with the product again."), to=reverse("letter-texts"),
        heading=_("Use the words that come with the product?"), lead=str(KINDS[kind]), action_label=_("Use them"),
        cancel_url=reverse("letter-texts"), crumbs=crumbs(),
        consequences=[_("Your own words stay in the history."), _("Letters that were written stay as they are.")],
    )  # fmt: skip
