"""Who hands in versions of policies and processes, and who sees them (T4)."""

from django.db.models import QuerySet

from ismsroles.core import access
from ismsroles.records.models import Version
from reviews.models import Paper
from roles.policy import keeps_register


@access.policy("policy-version.prepare")
def _prepare(user, _obj) -> bool:
    """Who keeps the register; who signs it off is somebody else."""
    return keeps_register(user)


@access.visible(Paper)
def _papers(user) -> QuerySet[Paper]:
    """Whoever sees the version sees what it is a version of."""
    return Paper.objects.filter(version__in=access.visible_to(user, Version))
