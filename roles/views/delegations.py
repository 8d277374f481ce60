"""Pages of delegations: who does what for whom, offering, answering, checking, ending (A8)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.errors import Stale
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from ismsroles.core.shown import differences, fingerprint, seal, unseal
from roles.actions import delegations as actions
from roles.forms.delegations import CheckForm, DelegationAnswerForm, DelegationEndForm, OfferForm
from roles.forms.filters import ListFilter
from roles.models import Delegation, Person
from roles.queries import chips
from roles.queries import delegations as queries
from roles.queries.register import area_choices
from roles.terms import in_words
from roles.views.assignments import FORM
from roles.views.assignments import visible as visible_assignment
from roles.views.parts import confirm_page, form_page, kept

DONE = {
    "accepted": gettext_lazy("Accepted. It stands on this page from its first day on."),
    "declined": gettext_lazy("Declined. It stays with the holder, who is told why."),
}


def visible(request: HttpRequest, pk: int) -> Delegation:
    return get_object_or_404(queries.whole(visible_to(request.user, Delegation)), pk=pk)


def crumbs(one: Delegation | None = None) -> list[tuple[str, str]]:
    return [(_("Delegations"), reverse("delegations"))] + ([(str(one), one.get_absolute_url())] if one else [])


@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """Who carries out what for whom, until when, and whether it is checked."""
    user, day = request.user, clock.today()
    require(user, "roles.register.see")
    questions, form = queries.questions(day), ListFilter(request.GET, areas=area_choices(user))
    show = typed(request, "show") if typed(request, "show") in questions else ""
    rows = queries.listed(user, **form.asked())
    counted = chips.counts(rows, questions)
    page = page_of(
        request, queries.ordered(rows.filter(questions[show][1]), typed(request, "sort")), total=counted[show]
    )
    page.object_list = queries.with_due(page.object_list, day)
    context = {
        "page_obj": page,
        "filter": form,
        "chips": chips.links(questions, counted, show, request.GET),
        "show": show,
    }
    return render(request, "roles/delegation/list.html", context)


@FORM
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """One delegation; the delegate answers exactly what is shown (rule 2)."""
    one, form = visible(request, pk), kept(request, DelegationAnswerForm)
    if request.method == "POST":
        require(request.user, "roles.delegation.answer", one)
        if form.is_valid() and (made := _answered(request, form, one)):
            said(request, DONE[made.state])
            return redirect("mine")
    return render(
        request, "roles/delegation/one.html", _shown_to(request, form, one), status=422 if form.errors else 200
    )


def _answered(request: HttpRequest, form: DelegationAnswerForm, one: Delegation) -> Delegation | None:
    answers = form.cleaned_data
    seen = unseal(answers["shown"], user_id=request.user.pk, subject=f"delegation:{one.pk}")
    verb = {"accept": actions.accept_delegation, "decline": actions.decline_delegation}[answers["decision"]]
    try:
        return attempt(form, verb, one, actor=request.user, seen_hash=fingerprint(seen), reason=answers["reason"])
    except Stale as error:
        raise Stale(error.message, differences(seen, queries.shown(visible(request, one.pk)))) from error


def _shown_to(request: HttpRequest, form: DelegationAnswerForm, one: Delegation) -> dict[str, object]:
    user, day = request.user, clock.today()
    queries.with_due([one], day)
    content = queries.shown(one)
    lasts = one.ends_on >= day
    return {
        "delegation": one, "form": form, "day": day, "checks": one.checks.select_related("checked_by_person"),
        "may_answer": one.state == "offered" and lasts and may(user, "roles.delegation.answer", one),
        "may_check": one.state == "accepted" and one.starts_on <= day and may(user, "roles.delegation.check", one),
        "may_end": one.state in ("offered", "accepted") and lasts and may(user, "roles.delegation.end", one),
        "token": seal(content, user_id=user.pk, subject=f"delegation:{one.pk}"), "print": fingerprint(content)[:8],
        "told": queries.told(one), "sees_assignment": one.assignment.get_absolute_url(),
    }  # fmt: skip


@FORM
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """The holder passes something on."""
    held, user = visible_assignment(request, pk), request.user
    require(user, "roles.delegation.offer", held)
    duties = held.role.responsibilities.all()
    form = kept(
        request,
        OfferForm,
        held=held,
        duties=duties,
        people=Person.objects.current(clock.today()).exclude(pk=held.person_id),
    )

    def act(**values):
        return actions.offer_delegation(held, **values)

    return form_page(
        request, form, act, done=_("Asked: %(it)s. Nothing is delegated before they accept."), template="roles/delegation/offer.html",
        heading=_("Delegate responsibilities of %(role)s") % {"role": held.role}, cancel_url=reverse("mine"),
        lead=_("Somebody else carries them out. You stay accountable, and check that it was done."), action_label=_("Ask them"),
        crumbs=[(_("My responsibilities"), reverse("mine"))],
    )  # fmt: skip


@FORM
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The holder records that they looked."""
    one = visible(request, pk)
    require(request.user, "roles.delegation.check", one)
    form = kept(request, CheckForm, initial={"on": clock.today(), "result": "ok"})

    def act(**values):
        return actions.record_check(one, **values)

    return form_page(
        request, form, act, done=_("The check is recorded."), to=one.get_absolute_url(), heading=_("Record a check"), lead=str(one),
        action_label=_("Record it"), cancel_url=one.get_absolute_url(), crumbs=crumbs(one),
        note=_("What is recorded is not changed any more. A mistake is put right by another check."),
    )  # fmt: skip


@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation, or take an offer back."""
    one = visible(request, pk)
    require(request.user, "roles.delegation.end", one)

    def act(**values):
        return actions.end_delegation(one, **values)

    words = {"holder": one.holder, "delegate": one.delegate, "day": in_words(one.ends_on)}
    return confirm_page(
        request, act, done=_("Set: %(it)s."), to=one.get_absolute_url(), lead=str(one), crumbs=crumbs(one),
        form=kept(request, DelegationEndForm, initial={"last_day": clock.today()}), heading=_("End this delegation?"),
        action_label=_("End the delegation"), cancel_url=one.get_absolute_url(),
        consequences=[
            _("After that day %(holder)s carries it out again; %(holder)s was accountable all the time.") % words,
            _("%(delegate)s is told by e-mail.") % words, _("What was checked stays in the register."),
        ],
    )  # fmt: skip
