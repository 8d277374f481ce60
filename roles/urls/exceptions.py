"""Exceptions for the only approver, and the successor whom the board names."""

from django.urls import path

from roles.views import exceptions

urlpatterns: list = [
    path("approvals/exceptions/", exceptions.exceptions, name="approver-exceptions"),
    path("approvals/exceptions/record/", exceptions.record, name="approver-exception-record"),
    path("approvals/exceptions/<int:pk>/", exceptions.exception, name="approver-exception"),
    path("approvals/exceptions/<int:pk>/end/", exceptions.end, name="approver-exception-end"),
    path("board-appointment/", exceptions.succession, name="succession"),
]
