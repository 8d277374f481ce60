"""Who may sign a version. Who may prepare and see one is said by the app whose document it is."""

from ismsroles.core import access
from ismsroles.records import kinds
from ismsroles.records.models import SignOff


@access.policy("records.version.sign")
def _sign(user, signoff: SignOff) -> bool:
    """The named signer, while they still hold what entitles them; who froze a version does not approve it (rule 1)."""
    own_work = signoff.meaning == "approved" and signoff.version.frozen_by_id == user.pk
    return signoff.user_id == user.pk and not own_work and kinds.get(signoff.version.kind).may_sign(user)
