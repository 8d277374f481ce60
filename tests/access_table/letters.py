"""Appointment letters: Hana has one that waits for her answer, the approver one that nobody has read yet."""

from types import SimpleNamespace

from ismsroles.core import history
from ismsroles.records.actions import keep
from roles.actions import letters
from tests.access_walk import Row

# fmt: off
TABLE = [
    Row("letters", "200 200 200 403 403 403 200 403", "405"),
    Row("letter", "200 200 200 200 200 404 200 404", "403 403 403 403 422 404 403 404", lambda w: [w.letter.pk]),
    Row("letter-pdf", "200 200 200 200 200 404 200 404", "405", lambda w: [w.letter.pk]),
    Row("letter-file", "404", "405", lambda w: [w.letter.pk]),
    Row("letter-record", "403 200 403 403 403 404 403 404", "403 422 403 403 403 404 403 404", lambda w: [w.letter.pk]),
    Row("letter-ask", "403 200 403 403 403 403 403 403", "403 302 403 403 403 403 403 403", lambda w: [w.held.deputy.pk]),
    Row("letter-texts", "200 200 200 403 403 403 200 403", "405"),
    Row("letter-text", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: ["primary"]),
    Row("letter-text", "404", "404", lambda w: ["nothing"], what="of no kind"),
    Row("letter-text-default", "403 200 403 403 403 403 403 403", "403 409 403 403 403 403 403 403", lambda w: ["deputy"]),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """A letter with bytes that nobody reads here."""
    world.letter = letters.issue(world.held.holder, actor=world.top)
    world.letter.pdf = keep(b"%PDF-1.7 letter", "application/pdf")
    history.save(world.letter, actor=None)
