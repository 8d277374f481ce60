"""The URLs of this app, one file a subject."""

from reviews.urls import audits, feeds, meetings, papers, reviews, team

urlpatterns: list = [
    *audits.urlpatterns,
    *reviews.urlpatterns,
    *team.urlpatterns,
    *meetings.urlpatterns,
    *feeds.urlpatterns,
    *papers.urlpatterns,
]
