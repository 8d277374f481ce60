"""The URLs of this app, one file a subject."""

from raci.urls import owners

urlpatterns = [*owners.urlpatterns]
