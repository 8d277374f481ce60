"""One module a subject; the shape of input only."""
