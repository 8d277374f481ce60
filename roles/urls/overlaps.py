"""URLs of overlaps and vague words."""

from django.urls import path

from roles.views import overlaps

urlpatterns: list = [
    path("roles/overlaps/", overlaps.overlaps, name="overlaps"),
    path("roles/overlaps/<int:one>/<int:other>/", overlaps.overlap, name="overlap"),
]
