"""What is wrong with the organisation chart (coverage R8)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from roles.findings.register import Found, place
from roles.queries import keeping
from roles.terms import in_words


@rule("R8.keeper", title=gettext_lazy("Nobody keeps the organisation chart"), clause="5.3", severity="warn")
def nobody_keeps_the_chart(day: date) -> Found:
    """A role in force, held by somebody, keeps the organisation chart current (R8)."""
    role = keeping.keeper()
    if role is None:
        sentence, action, url = _("No role keeps the organisation chart current."), _("Name one"), place("chart")
    elif not keeping.keepers(day):
        sentence = _("%(role)s keeps the organisation chart current, and nobody holds that role.") % {"role": role}
        action, url = _("Open the role"), place("role", role.pk)
    else:
        return
    yield {"sentence": sentence, "url": url, "action": action, "detail": "", "since": None}


@rule("R8", title=gettext_lazy("Restructure not confirmed"), clause="5.3", severity="warn")
def chart_not_confirmed_after_a_restructure(day: date) -> Found:
    """After a restructure, whoever keeps the chart has confirmed it (R8)."""
    names = ", ".join(str(person) for person in keeping.keepers(day))
    asked = _("%(names)s is asked to confirm it.") % {"names": names} if names else ""
    for row in keeping.unconfirmed():
        words = {"day": in_words(row.day), "what": row.what}
        yield {
            "sentence": _("The organisation chart is not confirmed since the restructure of %(day)s.") % words,
            "url": place("restructures"),
            "action": _("Open the restructures"),
            "detail": f"{row.what} {asked}".strip(),
            "since": row.day,
        }
