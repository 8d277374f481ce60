"""Interested parties outside."""

from django.urls import path

from reviews.views import parties

urlpatterns = [
    path("parties/", parties.parties, name="parties"),
    path("parties/add/", parties.party_add, name="party-add"),
    path("parties/<int:pk>/", parties.party, name="party"),
    path("parties/<int:pk>/edit/", parties.party_edit, name="party-edit"),
    path("parties/<int:pk>/retire/", parties.party_retire, name="party-retire"),
    path("parties/<int:pk>/copy/", parties.party_copy, name="party-copy"),
    path("parties/<int:pk>/link/", parties.party_link, name="party-link"),
]
