"""One module a subject; reads across relations."""
