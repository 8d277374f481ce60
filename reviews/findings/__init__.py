"""What is wrong in this app, one module a subject."""
