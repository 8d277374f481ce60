"""One module a subject; fetch, validate, call one action, render."""
