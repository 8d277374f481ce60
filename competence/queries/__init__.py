"""Reads of the competence app, one module a subject."""
