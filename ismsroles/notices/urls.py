"""The URLs of messages."""

from django.urls import path

from ismsroles.notices import views

urlpatterns: list = [
    path("messages/", views.inbox, name="inbox"),
    path("messages/read/", views.inbox_read, name="inbox-read"),
    path("messages/preferences/", views.preferences, name="message-preferences"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("messages/<int:pk>/read/", views.message_read, name="message-read"),
]
