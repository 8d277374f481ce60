"""Start page, setting up, assignments, approvals, my responsibilities."""

from django.urls import path

from roles.views import approvals, assignments, home, mine, proposals, setup

urlpatterns: list = [
    path("", home.home, name="home"),
    path("setup/", setup.setup, name="setup"),
    path("setup/done/", setup.setup_done, name="setup-done"),
    path("organisation/", setup.organisation, name="organisation"),
    path("founding/", setup.founding, name="founding"),
    path("mine/", mine.mine, name="mine"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<int:pk>/", approvals.decide, name="decide"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments/propose/", proposals.propose, name="propose"),
    path("assignments/propose/checks/", proposals.propose_checks, name="propose-checks"),
    path("assignments/propose/many/", proposals.propose_many, name="propose-many"),
    path("assignments/<int:pk>/", assignments.assignment, name="assignment"),
    path("assignments/<int:pk>/founding-file/", assignments.founding_file, name="founding-file"),
    path("assignments/<int:pk>/withdraw/", assignments.withdraw, name="assignment-withdraw"),
    path("assignments/<int:pk>/end/", assignments.end, name="assignment-end"),
]
