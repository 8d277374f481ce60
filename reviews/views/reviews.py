"""Pages of reviews: the list, one's own, and doing one line by line (V1, V3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.forms import attempt
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from reviews import looking
from reviews.actions import doing as actions
from reviews.forms.reviews import FinishForm, HandOverForm, RemarkForm, ResultForm, ReviewFilter
from reviews.models import FollowUp, Record, Review
from reviews.policy.reviews import is_about
from reviews.queries import reviews as queries
from roles.models import Person
from roles.policy import standing
from roles.queries import chips
from roles.views.parts import form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where review pages stand."""
    return [(_("Reviews"), reverse("reviews")), *more]


def _people() -> Any:
    return Person.objects.current(clock.today())


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Every review: what, why, who, by when, and what came of it."""
    require(request.user, "reviews.see")
    form, day = ReviewFilter(request.GET, people=_people()), clock.today()
    rows, asked = queries.narrowed(visible_to(request.user, Review), **form.asked()), queries.questions(day)
    show = typed(request, "show") if typed(request, "show") in asked else ""
    counted = chips.counts(rows, asked)
    listed = queries.listed(rows.filter(asked[show][1]), show, typed(request, "sort"))
    page = page_of(request, listed, total=counted[show])
    page.object_list = queries.with_kinds(list(page.object_list))
    context = {
        "filter": form, "page_obj": page, "chips": chips.links(asked, counted, show, request.GET), "show": show, "day": day,
        "keeps": may(request.user, "reviews.setting.keep"), "declares": may(request.user, "reviews.change.declare"),
    }  # fmt: skip
    return render(request, "reviews/reviews.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for me: to review, to comment, to see to."""
    require(request.user, "reviews.mine")
    person, day = standing(request.user).person, clock.today()
    context: dict[str, Any] = {"person": person, "day": day, "reports": may(request.user, "reviews.anomaly.report")}
    if person is not None:
        context |= {
            "to_do": queries.to_do(person),
            "to_comment": queries.to_comment(person),
            "follow_ups": queries.follow_ups(person),
        }
    return render(request, "reviews/mine.html", context)


def _seen(request: HttpRequest, pk: int) -> Review:
    rows = visible_to(request.user, Review).select_related("reviewer", "completed_by_person", "superseded_by")
    return get_object_or_404(rows, pk=pk)


@FORM
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: line by line with what it was last time; the reviewer answers here."""
    one, user = _seen(request, pk), request.user
    if not one.is_live:
        return _done(request, one)
    looked = looking.at(one, clock.today())
    does = may(user, "reviews.review.do", one) and not is_about(one, one.reviewer)
    form = _finish_form(request, looked) if does or request.method == "POST" else None
    if request.method == "POST":
        require(user, "reviews.review.do", one)
        if form.is_valid() and attempt(form, actions.finish_review, one, actor=user, **form.given()):
            said(request, _("The review of %(what)s is done.") % {"what": one})
            return redirect(one)
    return render(
        request,
        "reviews/review.html",
        _context(request, one, looked, form),
        status=422 if form and form.errors else 200,
    )


def _finish_form(request: HttpRequest, looked: looking.Looked) -> FinishForm:
    return kept(request, FinishForm, lines=looked.lines, people=_people(), initial={"seen": looked.print})


def _context(request: HttpRequest, one: Review, looked: looking.Looked, form: FinishForm | None) -> dict[str, Any]:
    user = request.user
    pairs = form.pairs() if form else [(None, None)] * len(looked.lines)
    return {
        "review": queries.with_kinds([one])[0], "looked": looked, "form": form, "rows": list(zip(looked.lines, pairs, strict=True)),
        "asked": one.stakeholders.select_related("person"), "remarks": one.remarks.select_related("person"), "day": clock.today(),
        "comments": may(user, "reviews.review.comment", one), "hands_over": may(user, "reviews.review.hand_over", one),
        "told_why": looking.told_why(one), "sees_all": may(user, "reviews.see"),
    }  # fmt: skip


def _done(request: HttpRequest, one: Review) -> HttpResponse:
    """What was seen and said, as it was frozen."""
    record = Record.objects.filter(review=one).first()
    if request.method == "POST":
        require(request.user, "reviews.review.do", one)
        actions.REVIEW.move(one.state, "finish")
    context = {
        "review": queries.with_kinds([one])[0], "record": record, "seen": looking.frozen(record) if record else None,
        "follow_ups": one.follow_ups.select_related("owner", "assignment", "closed_by"), "day": clock.today(),
        "may_close": {row.pk for row in one.follow_ups.all() if may(request.user, "reviews.follow_up.close", row)},
        "sees_all": may(request.user, "reviews.see"), "url": looking.url_of(one),
    }  # fmt: skip
    return render(request, "reviews/done.html", context)


@require_POST
def review_start(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer begins."""
    one = _seen(request, pk)
    actions.start_review(one, actor=request.user)
    said(request, _("Begun. Those who are asked see that you are at it."))
    return redirect(one)


@FORM
def review_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody who was asked thinks."""
    one = _seen(request, pk)
    require(request.user, "reviews.review.comment", one)
    return form_page(
        request, kept(request, RemarkForm), lambda **values: actions.comment(one, **values), done=_("Said."), to=one,
        heading=_("Say what you think: %(what)s") % {"what": one}, action_label=_("Say it"), cancel_url=one.get_absolute_url(),
        lead=_("The reviewer reads it before they decide. It stays with the review."), crumbs=crumbs((str(one), one.get_absolute_url())),
    )  # fmt: skip


@FORM
def review_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else reviews it."""
    one = _seen(request, pk)
    require(request.user, "reviews.review.hand_over", one)
    return form_page(
        request, kept(request, HandOverForm, people=_people()), lambda **values: actions.hand_over(one, **values), done=_("Handed over."),
        to=reverse("my-reviews"), heading=_("Who reviews it instead?"), lead=str(one), action_label=_("Hand it over"),
        cancel_url=one.get_absolute_url(), crumbs=crumbs((str(one), one.get_absolute_url())),
    )  # fmt: skip


@require_safe
def review_record(request: HttpRequest, pk: int) -> HttpResponse:
    """What was frozen, as the file whose fingerprint the page shows."""
    record = get_object_or_404(Record, review=_seen(request, pk))
    answer = HttpResponse(record.content.encode(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="review-{pk}.json"'
    return answer


@FORM
def follow_up_close(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done."""
    seen = visible_to(request.user, Review)
    row = get_object_or_404(FollowUp.objects.select_related("review", "owner"), pk=pk, review__in=seen)
    require(request.user, "reviews.follow_up.close", row)
    return form_page(
        request, kept(request, ResultForm), lambda **values: actions.close_follow_up(row, **values), done=_("Saved."), to=row.review,
        heading=_("What was done?"), lead=row.what, action_label=_("It is done"), cancel_url=row.get_absolute_url(),
        crumbs=crumbs((str(row.review), row.get_absolute_url())),
    )  # fmt: skip
