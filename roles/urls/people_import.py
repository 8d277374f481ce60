"""URLs of the import of people."""

from django.urls import path

from roles.views import people_import

urlpatterns = [
    path("people/import/", people_import.upload, name="people-import"),
    path("people/import/example.xlsx", people_import.sample, name="people-import-sample"),
    path("people/import/<int:pk>/", people_import.review, name="people-import-review"),
    path("people/import/<int:pk>/refused.csv", people_import.refused, name="people-import-refused"),
]
