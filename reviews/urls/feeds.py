"""The URLs of calendars."""

from django.urls import path

from reviews.views import feeds

urlpatterns = [
    path("calendar/", feeds.page, name="calendar"),
    path("calendar/link/", feeds.link, name="calendar-link"),
    path("calendar/revoke/", feeds.revoke, name="calendar-revoke"),
    path("calendar/<str:secret>.ics", feeds.feed, name="calendar-feed"),
]
