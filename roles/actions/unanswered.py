"""A question to which nothing fitted is noted without saying whose it was, and closed by who keeps the answers (coverage K4)."""

import re

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ismsroles.core import clock, events
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.core.names import search_key
from roles.models import Unanswered
from roles.models.text import plain_text

AN_HOUR, AT_MOST = 60 * 60, 10
LONGEST, SHORTEST = 200, 4
ADDRESS = re.compile(r"\S+@\S+")
NUMBER = re.compile(r"\+?\d[\d /.-]{4,}\d")


def without_personal(text: str) -> str:
    """Addresses and long numbers are nobody's business here."""
    return " ".join(NUMBER.sub("…", ADDRESS.sub("…", text)).split())[:LONGEST]


@transaction.atomic
def note_unanswered(words: str, *, actor) -> Unanswered:
    """Note the words, not the person; ten an hour from one login at most. The same words again count once more."""
    require(actor, "roles.ask")
    words = without_personal(words)
    plain_text(words)
    if len(words) < SHORTEST:
        raise Invalid(_("Write a few words more, so that somebody can answer them."), "q")
    _refuse_flood(actor)
    day, key = clock.today(), search_key(words)[:400]
    row, new = Unanswered.objects.select_for_update().get_or_create(
        words_key=key, state="open", defaults={"words": words, "first_on": day, "last_on": day}
    )
    if not new:
        Unanswered.objects.filter(pk=row.pk).update(times=F("times") + 1, last_on=day)
    return row


@transaction.atomic
def close_unanswered(row: Unanswered, how: str, *, actor) -> Unanswered:
    """It has an answer now, or it needs none."""
    require(actor, "roles.guidance.keep")
    row = Unanswered.objects.select_for_update().get(pk=row.pk)
    if row.state != "open":
        raise WrongState(_("Somebody has closed it already. Nothing was done."))
    row.state, row.closed_by = how, actor
    row.save(update_fields=["state", "closed_by"])
    events.record("question.unanswered_closed", actor=actor, subject=row, how=row.get_state_display())
    return row


def _refuse_flood(actor) -> None:
    key = f"unanswered:{actor.pk}"
    cache.add(key, 0, AN_HOUR)
    if cache.incr(key) > AT_MOST:
        raise Invalid(_("You noted ten questions within an hour. Ask the information security manager directly."), "q")
