"""Shapes of input, one file a subject. No rules in here."""
