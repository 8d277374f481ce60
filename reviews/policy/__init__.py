"""Who may do and see what in this app, one module a subject."""
