"""Absences."""

from django.urls import path

from roles.views import absences

urlpatterns = [
    path("absences/", absences.absences, name="absences"),
    path("absences/<int:pk>/end/", absences.end, name="absence-end"),
    path("people/<int:pk>/absence/", absences.record, name="absence-record"),
]
