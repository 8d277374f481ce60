"""The URLs of this app, one file a subject."""

from reviews.urls import audits, campaigns, feeds, meetings, papers, parties, reviews, team

urlpatterns: list = [
    *audits.urlpatterns,
    *campaigns.urlpatterns,
    *parties.urlpatterns,
    *reviews.urlpatterns,
    *team.urlpatterns,
    *meetings.urlpatterns,
    *feeds.urlpatterns,
    *papers.urlpatterns,
]
