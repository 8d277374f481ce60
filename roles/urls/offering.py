"""URLs of choosing a person for a role."""

from django.urls import path

from roles.views import offering

urlpatterns: list = [
    path("people/offers/", offering.people_offers, name="people-offers"),
    path("assignments/propose/people/", offering.propose_people, name="propose-people"),
]
