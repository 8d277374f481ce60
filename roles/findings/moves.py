"""Who moved and still holds what they held before (A6)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ismsroles.core.findings import rule
from roles.findings.register import place
from roles.queries.moves import open_moves


@rule("A6.moved", title=gettext_lazy("Moved, and nobody has decided"), clause="5.3", severity="warn")
def roles_from_before_a_move(day: date) -> Iterator[dict[str, Any]]:
    """After a move to another area or job, each role from before is kept with a reason, or handed over (A6)."""
    for one in open_moves(day):
        words = {"person": one.move.person, "count": len(one.seats)}
        sentence = ngettext(
            "%(person)s moved and holds %(count)d role from before.",
            "%(person)s moved and holds %(count)d roles from before.",
            len(one.seats),
        )
        roles = ", ".join(str(seat.role) for seat in one.seats)
        yield {
            "sentence": sentence % words,
            "url": place("moves"),
            "action": _("Keep or hand over"),
            "detail": f"{one.move.what}. {roles}",
            "since": one.move.moved_on,
        }
