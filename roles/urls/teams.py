"""Teams."""

from django.urls import path

from roles.views import team_approvals, teams

urlpatterns = [
    path("teams/", teams.teams, name="work-teams"),
    path("teams/add/", teams.team_add, name="work-team-add"),
    path("teams/<int:pk>/", teams.team, name="work-team"),
    path("teams/<int:pk>/edit/", teams.team_edit, name="work-team-edit"),
    path("teams/<int:pk>/close/", teams.team_close, name="work-team-close"),
    path("teams/<int:pk>/join/", teams.team_join, name="work-team-join"),
    path("teams/<int:pk>/propose/", teams.team_propose, name="work-team-propose"),
    path("teams/members/<int:pk>/leave/", teams.team_leave, name="work-team-leave"),
    path("teams/seats/<int:pk>/end/", teams.team_end, name="work-team-end"),
    path("teams/proposals/<uuid:proposal>/", team_approvals.team_decide, name="work-team-decide"),
]
