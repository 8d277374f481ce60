"""Shape of input in this app, one module a subject."""
