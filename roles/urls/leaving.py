"""Before somebody leaves or moves, and when they do."""

from django.urls import path

from roles.views import leaving, moves

urlpatterns: list = [
    path("people/single-points/", leaving.single_points, name="single-points"),
    path("people/moves/", moves.moves, name="moves"),
    path("people/moves/<int:pk>/keep/<int:seat>/", moves.keep, name="move-keep"),
    path("people/<int:pk>/what-if/", leaving.what_if, name="person-what-if"),
    path("people/<int:pk>/handover/", leaving.person_handover, name="person-handover"),
]
