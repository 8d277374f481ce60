"""Shape of input of this app, one module a subject."""
