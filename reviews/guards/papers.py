"""Versions of policies and processes are written once (design rule 9)."""

from ismsroles.core import guards
from reviews.models import Paper

guards.append_only(Paper)
