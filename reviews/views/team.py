"""The page of the management review team, and the writing of its rules (T1, T4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core import findings as registry
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.models import AuditEvent
from reviews.actions.team import write_charter
from reviews.findings.team import propose_link
from reviews.forms.team import CharterForm
from reviews.queries.team import Team, charter, team
from roles.models import Person
from roles.policy import standing
from roles.views.parts import form_page, kept

EVENTS_SHOWN = 6


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Who sits on it for which area, who stands in, what it must do and may decide, and what is missing."""
    user, day = request.user, clock.today()
    require(user, "reviews.team.see")
    found = team(day)
    context: dict[str, object] = {"team": found, "keeps": may(user, "reviews.team.keep"), "day": day}
    if found is not None:
        context |= _about(request, found)
    return render(request, "reviews/team.html", context)


def _about(request: HttpRequest, found: Team) -> dict[str, object]:
    user, role = request.user, found.charter.role
    people = {seat.person_id for place in found.places for seat in [*place.members, *place.deputies]}
    for place in found.places:
        place.propose, place.propose_deputy = propose_link(found, place), propose_link(found, place, "deputy")
        place.may_propose = may(user, "roles.assignment.propose", place.area)
    sees_wrong = may(user, "roles.log.see")
    told = AuditEvent.objects.filter(subject_type="reviews.charter").order_by("-pk")[:EVENTS_SHOWN]
    return {
        "charter": found.charter, "chair": found.chair, "must": role.responsibilities.all(), "may_then": role.authorities.all(),
        "wrong": [one for one in registry.current(found.day) if one.rule.startswith("T")] if sees_wrong else [],
        "sees_wrong": sees_wrong, "sees_meetings": may(user, "reviews.meeting.see"), "told": told if sees_wrong else [],
        "seen": set(visible_to(user, Person).filter(pk__in=people).values_list("pk", flat=True)),
        "own": standing(user).person,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Write down, or change, how the team works."""
    require(request.user, "reviews.team.keep")
    found = charter()
    form = kept(request, CharterForm, instance=found)
    return form_page(
        request, form, write_charter, done=_("Saved: %(it)s."), to=reverse("team"), heading=_("The management review team"),
        lead=_("Which role its members hold, who leads it, and when it can decide."), action_label=_("Save"),
        cancel_url=reverse("team"), crumbs=[(_("Management review team"), reverse("team"))],
        note=_("Members are proposed and approved as every assignment is: each for an area, each with a deputy."),
    )  # fmt: skip
