"""What the team gave people to do: the list, one, and closing it (T3)."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.models import AuditEvent
from ismsroles.core.paging import page_of, typed
from reviews.actions import minuting
from reviews.actions.meetings import KEEP
from reviews.forms import meetings as forms
from reviews.models import Meeting, TeamAction
from reviews.views.meetings import FORM
from roles.models import Person
from roles.queries import chips
from roles.views.parts import confirm_page, form_page, kept


def questions() -> dict[str, tuple[object, Q]]:
    """The saved questions of the list."""
    late = Q(state="open", due_on__lt=clock.today())
    return {
        "": (gettext_lazy("Open"), Q(state="open")),
        "late": (gettext_lazy("Overdue"), late),
        "done": (gettext_lazy("Done"), Q(state="done")),
        "all": (gettext_lazy("All"), Q()),
    }


def crumbs(action: TeamAction | None = None) -> list[tuple[str, str]]:
    here = [(action.number, action.get_absolute_url())] if action else []
    return [(_("Actions of the team"), reverse("team-actions")), *here]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Who has to do what until when; somebody outside the team sees their own."""
    require(request.user, "roles.register.see")
    rows, asked = visible_to(request.user, TeamAction).select_related("owner", "meeting"), questions()
    show = typed(request, "show") if typed(request, "show") in asked else ""
    counted = chips.counts(rows, asked)
    context = {
        "page_obj": page_of(request, rows.filter(asked[show][1]), total=counted[show]), "day": clock.today(),
        "chips": chips.links(asked, counted, show, request.GET), "sees_meetings": may(request.user, "reviews.meeting.see"),
    }  # fmt: skip
    return render(request, "reviews/team_actions.html", context)


def _visible(request: HttpRequest, pk: int) -> TeamAction:
    return get_object_or_404(
        visible_to(request.user, TeamAction).select_related("owner", "meeting", "closed_by"), pk=pk
    )


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: who does it, until when, what came of it."""
    one, user = _visible(request, pk), request.user
    context = {
        "action": one, "day": clock.today(), "keeps": may(user, KEEP), "may_close": may(user, "reviews.action.close", one),
        "sees_meeting": visible_to(user, Meeting).filter(pk=one.meeting_id).exists(),
        "told": AuditEvent.objects.filter(subject_type="reviews.teamaction", subject_id=str(pk)).order_by("-pk"),
    }  # fmt: skip
    return render(request, "reviews/team_action.html", context)


@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another owner or day."""
    one = _visible(request, pk)
    require(request.user, KEEP)
    form = kept(
        request, forms.ChangedActionForm, instance=one, people=visible_to(request.user, Person).current(clock.today())
    )

    def act(**given):
        return minuting.change_action(TeamAction(pk=one.pk), **given)

    return form_page(
        request,
        form,
        act,
        done=_("Changed: %(it)s."),
        heading=_("Change who does it, or until when"),
        lead=one.text,
        action_label=_("Save"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
    )


@FORM
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is done."""
    one = _visible(request, pk)
    require(request.user, "reviews.action.close", one)

    def act(**given):
        return minuting.close_action(one, **given)

    return form_page(
        request,
        kept(request, forms.ResultForm),
        act,
        done=_("Done: %(it)s."),
        heading=_("It is done"),
        lead=one.text,
        action_label=_("Record it"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
        note=_("The next meeting reads it."),
    )


@FORM
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The team gives it up."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def act(**given):
        return minuting.close_action(one, outcome="drop", **given)

    return confirm_page(
        request,
        act,
        done=_("Given up: %(it)s."),
        to=one.get_absolute_url(),
        form=kept(request, forms.ResultForm),
        heading=_("Give this up?"),
        lead=one.text,
        consequences=[_("It stands on no further agenda. Its history stays.")],
        action_label=_("Give it up"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
    )


@FORM
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It was not done after all."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def act(**given):
        return minuting.reopen_action(one, **given)

    return confirm_page(
        request,
        act,
        done=_("Open again: %(it)s."),
        to=one.get_absolute_url(),
        form=kept(request, forms.WhyForm),
        heading=_("Open it again?"),
        lead=one.text,
        consequences=[_("It stands on the next agenda again.")],
        action_label=_("Open it again"),
        harmless=True,
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
    )
