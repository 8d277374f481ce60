"""Who sees overlaps and vague words: who keeps the register and who checks it (R2)."""

from ismsroles.core import access
from roles.policy import sees_people


@access.policy("roles.wording.see")
def _see(user, _obj) -> bool:
    return sees_people(user)
