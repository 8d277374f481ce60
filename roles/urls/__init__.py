"""The URLs of the register, one file a subject."""

from roles.urls import (
    assignments,
    chart,
    delegations,
    exceptions,
    leaving,
    letters,
    people_import,
    register,
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
]
