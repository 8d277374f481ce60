"""What is read in this app, one module a subject."""
