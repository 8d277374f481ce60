"""Pages of teams: which there are, one with its members and roles, joining, leaving, proposing it for a role (A2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.models import AuditEvent
from ismsroles.core.paging import page_of
from roles.actions import teams as actions
from roles.forms.assignments import EndForm
from roles.forms.people import ReasonForm
from roles.forms.teams import JoinForm, TeamForm, TeamProposalForm
from roles.models import Area, Assignment, Person, Role, Team, TeamMember
from roles.queries import teams as queries
from roles.views.assignments import FORM
from roles.views.parts import confirm_page, form_page, kept

KEEP = "roles.team.keep"


def _crumbs(team: Team | None = None) -> list[tuple[str, str]]:
    return [(_("Teams"), reverse("work-teams")), *([(team.name, team.get_absolute_url())] if team else [])]


def _team(request: HttpRequest, pk: int) -> Team:
    return get_object_or_404(visible_to(request.user, Team).select_related("area"), pk=pk)


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Every team with its lead and what it holds."""
    require(request.user, "roles.register.see")
    page = page_of(request, visible_to(request.user, Team).order_by("state", "name"))
    page.object_list = queries.listed(page.object_list, clock.today())
    return render(request, "roles/team/list.html", {"page_obj": page, "keeps": may(request.user, KEEP)})


@require_safe
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """One team: who belongs to it, which roles it holds, and who of it waits for a decision."""
    one, day = _team(request, pk), clock.today()
    seen = set(visible_to(request.user, Assignment).filter(team=one).values_list("pk", flat=True))
    held = queries.places(one, day)
    for place in held:
        place.seats = [seat for seat in place.seats if seat.pk in seen]
    context = {
        "team": one, "places": [place for place in held if place.seats], "members": queries.belonging(one, held, day),
        "keeps": may(request.user, KEEP) and one.state == "active", "ends": may(request.user, "roles.assignment.end"),
        "decides": may(request.user, "roles.approvals.see"), "sees_log": may(request.user, "roles.log.see"),
        "open_to": set(visible_to(request.user, Person).filter(memberships__team=one).values_list("pk", flat=True)),
        "events": AuditEvent.objects.filter(subject_type="roles.team", subject_id=str(one.pk)).order_by("-pk")[:20],
    }  # fmt: skip
    return render(request, "roles/team/one.html", context)


@FORM
def team_add(request: HttpRequest) -> HttpResponse:
    """A new team."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, TeamForm), actions.add_team, done=_("Added %(it)s. Name who belongs to it next."),
        heading=_("Add a team"), lead=_("Some people who hold a role together. One of them leads the team and answers for it."),
        action_label=_("Add the team"), cancel_url=reverse("work-teams"), crumbs=_crumbs(),
    )  # fmt: skip


@FORM
def team_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, purpose or area."""
    one = _team(request, pk)
    require(request.user, KEEP)

    def save(**values):
        return actions.change_team(one, **values)

    return form_page(
        request, kept(request, TeamForm, instance=one), save, done=_("Saved %(it)s."), crumbs=_crumbs(one),
        heading=_("Change %(team)s") % {"team": one}, cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@FORM
def team_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The team is no more."""
    one = _team(request, pk)
    require(request.user, KEEP)

    def close(**values):
        return actions.close_team(one, **values)

    return confirm_page(
        request, close, done=_("%(it)s is closed."), to=reverse("work-teams"), form=kept(request, ReasonForm), lead=str(one),
        heading=_("Close this team?"), action_label=_("Close it"), cancel_url=one.get_absolute_url(), crumbs=_crumbs(one),
        consequences=[_("Everybody in it belongs to it until today."), _("What it held in the past stays readable.")],
    )  # fmt: skip


@FORM
def team_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody joins, or becomes the lead."""
    one = _team(request, pk)
    require(request.user, KEEP)
    held = queries.places(one, clock.today())

    def join(**values):
        return actions.join_team(one, **values)

    people, titles = visible_to(request.user, Person).current(clock.today()), ", ".join(str(one.role) for one in held)
    return form_page(
        request, kept(request, JoinForm, people=people, role=held[0].role if held else None), join, to=one,
        done=_("%(it)s belongs to the team. What it holds waits for an approval.") if held else _("%(it)s belongs to the team."),
        heading=_("Who joins %(team)s?") % {"team": one}, crumbs=_crumbs(one), cancel_url=one.get_absolute_url(),
        lead=_("The team holds %(roles)s. Whoever joins is proposed for it, and holds nothing before the approval.") % {"roles": titles}
        if held else _("The team holds no role yet."), action_label=_("Save"),
    )  # fmt: skip


@FORM
def team_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody leaves the team."""
    member = get_object_or_404(visible_to(request.user, TeamMember).select_related("team", "person"), pk=pk)
    require(request.user, KEEP)

    def leave(**values):
        return actions.leave_team(member, **values)

    return confirm_page(
        request, leave, done=_("Recorded: when %(it)s leaves the team."), to=member.team.get_absolute_url(), lead=str(member.team),
        form=kept(request, EndForm, initial={"last_day": clock.today()}), crumbs=_crumbs(member.team), action_label=_("Record it"),
        heading=_("When does %(person)s leave the team?") % {"person": member.person}, cancel_url=member.team.get_absolute_url(),
        consequences=[_("What they hold with the team ends on that day."), _("What is proposed of it is withdrawn."),
                      _("Their own roles stay as they are.")],
    )  # fmt: skip


@FORM
def team_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the team for a role: the lead as holder, the others as team members."""
    one = _team(request, pk)
    require(request.user, KEEP)
    roles = visible_to(request.user, Role).active().exclude(kind="everyone")

    def propose(**values):
        actions.propose_team(one, **values)
        return one

    return form_page(
        request, kept(request, TeamProposalForm, roles=roles, areas=visible_to(request.user, Area)), propose, crumbs=_crumbs(one),
        done=_("%(it)s is proposed. Nothing is in force before the approval."), heading=_("For which role?"),
        lead=_("The lead is proposed as holder and answers for the role; everybody else of the team as a team member."),
        action_label=_("Propose the team"), cancel_url=one.get_absolute_url(), members=one.members.since(clock.today()),
    )  # fmt: skip


@FORM
def team_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The team stops holding a role; `pk` is one of the seats that it holds there."""
    seat = get_object_or_404(
        visible_to(request.user, Assignment).exclude(team=None).select_related("team", "role", "area"), pk=pk
    )
    require(request.user, "roles.assignment.end", seat)
    words = {"team": seat.team, "role": seat.role}

    def end(**values):
        actions.end_holding(seat.team, role=seat.role, area=seat.area, **values)
        return seat.team

    return confirm_page(
        request, end, done=_("Recorded: when %(it)s stops holding the role."), to=seat.team.get_absolute_url(), lead=str(seat.team),
        form=kept(request, EndForm, initial={"last_day": clock.today()}), crumbs=_crumbs(seat.team), action_label=_("Record it"),
        heading=_("When does %(team)s stop holding %(role)s?") % words, cancel_url=seat.team.get_absolute_url(),
        consequences=[_("The seats of all its members in this role end on that day."), _("What is proposed of it is withdrawn."),
                      _("The role is vacant then, unless somebody else holds it.")],
    )  # fmt: skip
