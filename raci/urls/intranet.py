"""The published matrix for the intranet, and the links to it."""

from django.urls import path

from raci.views import intranet

urlpatterns = [
    path("published/", intranet.published, name="published"),
    path("published/links/", intranet.links, name="links"),
    path("published/links/add/", intranet.link_add, name="link-add"),
    path("published/links/<int:pk>/revoke/", intranet.link_revoke, name="link-revoke"),
    path("published/by-link/<str:secret>/", intranet.published_by_link, name="published-link"),
    path("published/by-link/<str:secret>/file/", intranet.file_by_link, name="published-link-file"),
]
