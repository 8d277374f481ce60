"""The URLs of the register, one file a subject."""

from roles.urls import (
    assignments,
    chart,
    exceptions,
    leaving,
    people_import,
    register,
)

urlpatterns = [
    *assignments.urlpatterns,
    *chart.urlpatterns,
    *exceptions.urlpatterns,
    *leaving.urlpatterns,
    *people_import.urlpatterns,
    *register.urlpatterns,
]
