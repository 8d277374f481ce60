"""URLs."""

from django.urls import path

from ismsroles.core import views, views_health

urlpatterns: list = [
    path("healthz", views.healthz, name="healthz"),
    path("health/", views_health.health, name="health"),
    path("health/messages/<int:pk>/retry/", views_health.message_retry, name="message-retry"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
]
