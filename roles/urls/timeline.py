"""Terms over time."""

from django.urls import path

from roles.views import timeline

urlpatterns = [path("assignments/timeline/", timeline.timeline, name="timeline")]
