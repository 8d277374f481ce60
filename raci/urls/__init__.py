"""The URLs of this app, one file a subject."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
