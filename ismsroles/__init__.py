"""ismsroles: who answers for information security, kept true (ISO/IEC 27001 clause 5.3 and Annex A 5.2)."""

from ismsroles.celery import app as celery_app

__all__ = ["celery_app"]
