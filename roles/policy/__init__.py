"""Who may do and see what in the register (design §5). Every list, object, button, action and test asks these rules.

One module a subject; each registers what it offers. What all of them ask stands in `personas` and `deciding`."""

from roles.policy.personas import (
    EVERYWHERE,
    Standing,
    all_areas,
    approver_has_existed,
    has_ism,
    has_not_left,
    keeps_register,
    person_of,
    sees_people,
    standing,
    with_parts,
)

# isort: split
from roles.policy.deciding import (
    decides_as,
    has_scope,
    is_concerned,
    is_same,
    know_logins,
    logins_of,
    proposed_it,
    scope_of,
)

# isort: split
from roles.policy import chart, exceptions, guidance, register, waiting

__all__ = [
    "EVERYWHERE", "Standing", "all_areas", "approver_has_existed", "chart", "decides_as", "exceptions", "guidance", "has_ism",
    "has_not_left", "has_scope", "is_concerned", "is_same", "keeps_register", "know_logins", "logins_of", "person_of",
    "proposed_it", "register", "scope_of", "sees_people", "standing", "waiting", "with_parts",
]  # fmt: skip
