"""The URLs of this app, one file a subject."""

urlpatterns: list = []
