"""URLs."""

from django.urls import path

from ismsroles.core import views

urlpatterns: list = [
    path("healthz", views.healthz, name="healthz"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
]
