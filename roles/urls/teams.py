"""Teams."""

from django.urls import path

from roles.views import team_approvals, teams

urlpatterns = [
    path("teams/", teams.teams, name="teams"),
    path("teams/add/", teams.team_add, name="team-add"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/edit/", teams.team_edit, name="team-edit"),
    path("teams/<int:pk>/close/", teams.team_close, name="team-close"),
    path("teams/<int:pk>/join/", teams.team_join, name="team-join"),
    path("teams/<int:pk>/propose/", teams.team_propose, name="team-propose"),
    path("teams/members/<int:pk>/leave/", teams.team_leave, name="team-leave"),
    path("teams/seats/<int:pk>/end/", teams.team_end, name="team-end"),
    path("teams/proposals/<uuid:proposal>/", team_approvals.team_decide, name="team-decide"),
]
