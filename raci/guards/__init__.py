"""One module a subject; each registers what it offers."""
