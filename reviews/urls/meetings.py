"""The URLs of meetings of the management review team and of what it gave people to do."""

from django.urls import path

from reviews.views import meetings, minuting, team_actions

urlpatterns = [
    path("team/meetings/", meetings.meetings, name="meetings"),
    path("team/meetings/plan/", meetings.plan, name="meeting-plan"),
    path("team/meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("team/meetings/<int:pk>/edit/", meetings.edit, name="meeting-edit"),
    path("team/meetings/<int:pk>/cancel/", meetings.cancel, name="meeting-cancel"),
    path("team/meetings/<int:pk>/invite/", meetings.invite, name="meeting-invite"),
    path("team/meetings/<int:pk>/attendance/", meetings.hold, name="meeting-hold"),
    path("team/meetings/<int:pk>/report/", minuting.report, name="meeting-report"),
    path("team/meetings/<int:pk>/items/add/", minuting.item_add, name="meeting-item-add"),
    path("team/meetings/<int:pk>/items/<int:item>/", minuting.note, name="meeting-item"),
    path("team/meetings/<int:pk>/decisions/add/", minuting.decision_add, name="decision-add"),
    path("team/meetings/<int:pk>/decisions/<int:decision>/remove/", minuting.decision_remove, name="decision-remove"),
    path("team/meetings/<int:pk>/actions/add/", minuting.action_add, name="team-action-add"),
    path("team/meetings/<int:pk>/minutes/", minuting.freeze, name="meeting-minutes"),
    path("team/minutes/<int:pk>/send/", minuting.send, name="minutes-send"),
    path("team/actions/", team_actions.listed, name="team-actions"),
    path("team/actions/<int:pk>/", team_actions.action, name="team-action"),
    path("team/actions/<int:pk>/edit/", team_actions.edit, name="team-action-edit"),
    path("team/actions/<int:pk>/close/", team_actions.close, name="team-action-close"),
    path("team/actions/<int:pk>/drop/", team_actions.drop, name="team-action-drop"),
    path("team/actions/<int:pk>/reopen/", team_actions.reopen, name="team-action-reopen"),
]
