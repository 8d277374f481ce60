"""What is wrong while somebody is away (A7)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from roles.findings.register import Found, place
from roles.queries.absences import away
from roles.queries.held import held_roles
from roles.terms import in_words


@rule("A7.away", title=gettext_lazy("Away and nobody acts"), clause="5.3", severity="warn")
def away_and_nobody_acts(day: date) -> Found:
    """While the holder of a role is away, a deputy who is there acts (A7)."""
    gone = away(day)
    for held in held_roles(day) if gone else ():
        holders, deputies = held.holders, [seat for seat in held.deputies if seat.person_id not in gone]
        if held.role.kind == "one" and holders and all(seat.person_id in gone for seat in holders) and not deputies:
            absence = gone[holders[0].person_id]
            words = {"person": absence.person, "role": held.role}
            detail = (
                _("Back after %(day)s.") % {"day": in_words(absence.ends_on)}
                if absence.ends_on
                else _("The last day is not known.")
            )
            yield {
                "sentence": _("%(person)s is away, and nobody acts as %(role)s.") % words,
                "url": place("role", held.role.pk),
                "action": _("Propose a deputy"),
                "detail": detail,
                "since": absence.starts_on,
            }
