"""The matrix from a file and as a file."""

from django.urls import path

from raci.views import matrix_files

urlpatterns = [
    path("matrix/export/", matrix_files.matrix_export, name="matrix-export"),
    path("matrix/import/", matrix_files.matrix_import, name="matrix-import"),
    path("matrix/import/<int:pk>/", matrix_files.matrix_import_review, name="matrix-import-review"),
]
