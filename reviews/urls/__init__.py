"""The URLs of this app, one file a subject."""

from reviews.urls import reviews, team

urlpatterns: list = [*reviews.urlpatterns, *team.urlpatterns]
