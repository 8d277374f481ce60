"""Versions of policies and processes on their way to sign-off: what is frozen and printed of them, and who may."""
