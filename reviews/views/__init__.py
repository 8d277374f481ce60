"""Pages in this app, one module a subject."""
