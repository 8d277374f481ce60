"""One module a subject; one function for one verb."""
