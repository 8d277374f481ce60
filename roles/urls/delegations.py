"""Delegations."""

from django.urls import path

from roles.views import delegations

urlpatterns = [
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/<int:pk>/", delegations.delegation, name="delegation"),
    path("delegations/<int:pk>/check/", delegations.check, name="delegation-check"),
    path("delegations/<int:pk>/end/", delegations.end, name="delegation-end"),
    path("assignments/<int:pk>/delegate/", delegations.offer, name="delegate"),
]
