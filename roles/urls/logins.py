"""Logins: who can sign in, closing and reopening."""

from django.urls import path

from roles.views import logins

urlpatterns: list = [
    path("logins/", logins.logins, name="logins"),
    path("logins/<int:pk>/close/", logins.close, name="login-close"),
    path("logins/<int:pk>/reopen/", logins.reopen, name="login-reopen"),
]
