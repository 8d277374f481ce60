"""The URLs of this app, one file a subject."""

from reviews.urls import team

urlpatterns: list = [*team.urlpatterns]
