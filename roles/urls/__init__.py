"""The URLs of the register, one file a subject."""

from roles.urls import (
    assignments,
    chart,
    delegations,
    exceptions,
    leaving,
    letters,
    offering,
    overlaps,
    people_import,
    register,
    separation,
)

urlpatterns = [
    *assignments.urlpatterns,
    *chart.urlpatterns,
    *delegations.urlpatterns,
    *exceptions.urlpatterns,
    *leaving.urlpatterns,
    *letters.urlpatterns,
    *people_import.urlpatterns,
    *register.urlpatterns,
    *offering.urlpatterns,
    *overlaps.urlpatterns,
    *separation.urlpatterns,
]
