"""What can be done in this app, one module a subject, one function a verb."""
