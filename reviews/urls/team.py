"""The URLs of the management review team."""

from django.urls import path

from reviews.views import team

urlpatterns = [
    path("team/", team.page, name="team"),
    path("team/edit/", team.edit, name="team-edit"),
]
