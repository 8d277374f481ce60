"""What the matrix says of a role, told to the lower app: a role that takes part in an activity cannot be retired (rule 7)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from raci.letters import in_signs
from raci.models import Allocation
from roles import users
from roles.models import Role


@users.of(Role)
def _letters(role: Role) -> Iterable[str]:
    """Activities in which the role has letters."""
    rows = Allocation.objects.filled().filter(role=role).select_related("activity").order_by("activity__title")
    for cell in rows:
        yield _("%(activity)s, as %(letters)s") % {"activity": cell.activity, "letters": in_signs(cell.letters)}
