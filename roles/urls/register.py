"""Areas, people, roles, starter library, search and log."""

from django.urls import path

from roles.views import options

urlpatterns: list = [
    path("people/options/", options.people_options, name="people-options"),
]
