"""The URLs of this app, one file a subject."""

from raci.urls import files, matrix, owners

urlpatterns = [*files.urlpatterns, *matrix.urlpatterns, *owners.urlpatterns]
