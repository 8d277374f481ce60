"""The PDF shell: pinned fonts, an archival and accessible file, the same bytes every time. It knows no subject."""
