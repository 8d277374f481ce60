"""What is wrong with teams (A2)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import scope
from ismsroles.core.findings import rule
from roles.findings.register import Found, place
from roles.models import Team
from roles.queries import teams as queries


def _teams(day: date) -> list[Team]:
    """Every team in being with who belongs to it and what it holds: read once for both rules."""
    return scope.remember(("teams", day), lambda: queries.listed(Team.objects.filter(state="active"), day))


@rule("A2.lead", title=gettext_lazy("Team without a lead"), clause="5.3", severity="warn")
def team_without_lead(day: date) -> Found:
    """A team that holds a role or has members has a lead who is there: somebody answers for what it holds (A2)."""
    for team in _teams(day):
        if team.lead is None and (team.present or team.places):
            last = queries.last_lead(team)
            words = {"team": team, "person": last.person if last else ""}
            yield {
                "sentence": _("The team %(team)s has no lead.") % words,
                "url": place("work-team-join", team.pk),
                "action": _("Name a lead"),
                "detail": _("%(person)s led it before.") % words if last else "",
                "since": queries.day_after(last),
            }


@rule("A2.members", title=gettext_lazy("Team without members"), clause="5.3", severity="warn")
def team_without_members(day: date) -> Found:
    """A team is more than its lead: with one person or none, nobody carries out what it holds together (A2)."""
    for team in _teams(day):
        if len(team.present) < 2:
            words = {"team": team, "person": team.present[0].person if team.present else ""}
            alone = (
                _("The team %(team)s has nobody but %(person)s.")
                if team.present
                else _("Nobody belongs to the team %(team)s.")
            )
            yield {
                "sentence": alone % words,
                "url": place("work-team", team.pk),
                "action": _("Open the team"),
                "detail": _("Let people join it, or close it."),
                "since": None,
            }


@rule("A2.member-unapproved", title=gettext_lazy("Team member not approved"), clause="5.3", severity="warn")
def member_not_approved(day: date) -> Found:
    """Who belongs to a team that holds a role is proposed and approved for it like anybody (A2, A3)."""
    for member, role in queries.unapproved(day):
        words = {"person": member.person, "team": member.team, "role": role}
        yield {
            "sentence": _("%(person)s belongs to the team %(team)s and is not approved for %(role)s.") % words,
            "url": place("work-team", member.team_id),
            "action": _("Open the team"),
            "detail": _("Let the person leave the team, or let them join it anew."),
            "since": member.starts_on,
        }
