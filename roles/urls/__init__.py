"""The URLs of the register, one file a subject."""

from roles.urls import assignments, chart, leaving, people_import, register

urlpatterns = [
    *register.urlpatterns,
    *people_import.urlpatterns,
    *assignments.urlpatterns,
    *leaving.urlpatterns,
    *chart.urlpatterns,
]
