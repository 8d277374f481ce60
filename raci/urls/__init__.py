"""The URLs of this app, one file a subject."""

from raci.urls import files, owners

urlpatterns = [*files.urlpatterns, *owners.urlpatterns]
