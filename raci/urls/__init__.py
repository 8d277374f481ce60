"""The URLs of this app, one file a subject."""

from raci.urls import files, intranet, matrix, owners

urlpatterns = [*files.urlpatterns, *intranet.urlpatterns, *matrix.urlpatterns, *owners.urlpatterns]
