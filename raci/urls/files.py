"""The matrix and the assets from files and as files."""

from django.urls import path

from raci.views import asset_files, matrix_files, printing

urlpatterns = [
    path("assets/import/", asset_files.assets_import, name="assets-import"),
    path("assets/import/<int:pk>/", asset_files.assets_import_review, name="assets-import-review"),
    path("matrix/export/", matrix_files.matrix_export, name="matrix-export"),
    path("matrix/pdf/", printing.matrix_pdf, name="matrix-pdf"),
    path("matrix/pdf/<int:pk>/", printing.matrix_pdf_file, name="matrix-pdf-file"),
    path("matrix/print/", matrix_files.matrix_print, name="matrix-print"),
    path("matrix/import/", matrix_files.matrix_import, name="matrix-import"),
    path("matrix/import/<int:pk>/", matrix_files.matrix_import_review, name="matrix-import-review"),
]
