"""The URLs of versions of policies and processes."""

from django.urls import path

from reviews.views import papers

urlpatterns = [
    path("team/papers/", papers.papers, name="papers"),
    path("team/papers/add/", papers.add, name="paper-add"),
    path("team/papers/<int:pk>/send/", papers.send, name="paper-send"),
    path("team/papers/<int:pk>/file", papers.file, name="paper-file"),
]
