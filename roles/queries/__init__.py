"""Reads across relations, one file a subject."""
