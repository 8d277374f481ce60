"""Who may sign a version. Who may prepare and see one is said by the app whose document it is."""

from django.db.models import QuerySet

from ismsroles.core import access
from ismsroles.records import kinds
from ismsroles.records.models import SignOff, Version


@access.policy("records.version.sign")
def _sign(user, signoff: SignOff) -> bool:
    """The named signer, while they still hold what entitles them; who prepared a version does not approve it (rule 1)."""
    kind = kinds.get(signoff.version.kind)
    same_person = kind.identity(user).key == signoff.person_key
    return signoff.user_id == user.pk and same_person and not is_own_work(user, signoff) and kind.may_sign(user)


def is_own_work(user, signoff: SignOff) -> bool:
    """Whether the one who approves prepared it, or signs for who did: judged per person, not per login (design rule 1)."""
    version = signoff.version
    behind = kinds.get(version.kind).identity(user).behind
    return signoff.meaning == "approved" and (
        version.frozen_by_id == user.pk or version.frozen_by_key in (signoff.person_key, *behind)
    )


@access.visible(Version)
def _versions(user) -> QuerySet[Version]:
    """Each kind says which of its versions this user may see."""
    return Version.objects.filter(kinds.visible_to(user))
