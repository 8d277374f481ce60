"""The URLs of this app, one file a subject."""

from reviews.urls import audits, reviews, team

urlpatterns: list = [*audits.urlpatterns, *reviews.urlpatterns, *team.urlpatterns]
