"""What may be done in this app, one module a subject."""
