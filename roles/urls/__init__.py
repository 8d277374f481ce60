"""The URLs of the register, one file a subject."""

from roles.urls import (
    absences,
    assignments,
    chart,
    delegations,
    exceptions,
    guidance,
    leaving,
    letters,
    logins,
    offering,
    overlaps,
    people_import,
    register,
    separation,
    teams,
    timeline,
)

urlpatterns = [
    *absences.urlpatterns,
    *assignments.urlpatterns,
    *chart.urlpatterns,
    *delegations.urlpatterns,
    *exceptions.urlpatterns,
    *guidance.urlpatterns,
    *leaving.urlpatterns,
    *letters.urlpatterns,
    *logins.urlpatterns,
    *offering.urlpatterns,
    *overlaps.urlpatterns,
    *people_import.urlpatterns,
    *register.urlpatterns,
    *separation.urlpatterns,
    *teams.urlpatterns,
    *timeline.urlpatterns,
]
