"""Versions of the real document, ready to be looked at."""

from tests.evidence.world import prepared, sent, signed

__all__ = ["prepared", "sent", "signed"]
