"""Event codes of appointment letters and their sentences (A4)."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.of_their_own("letter.accepted", "letter.declined")
events.register(
    {
        "letter.asked": _("%(actor)s had the appointment letter of %(person)s as %(seat)s of %(role)s written."),
        "letter.written": _(
            "The appointment letter of %(person)s as %(seat)s of %(role)s was made; fingerprint %(sha256)s."
        ),
        "letter.accepted": _("%(actor)s accepted the appointment as %(seat)s of %(role)s; fingerprint %(sha256)s."),
        "letter.declined": _("%(actor)s declined the appointment as %(seat)s of %(role)s; fingerprint %(sha256)s."),
        "letter.acceptance_recorded": _(
            "%(actor)s recorded that %(person)s accepted the appointment as %(seat)s of %(role)s on %(signed_on)s, on paper."
        ),
        "letter_text.changed": _("%(actor)s changed the text of letters: %(subject)s."),
        "letter_text.given_up": _(
            "%(actor)s went back to the text of letters that comes with the product: %(subject)s."
        ),
        "assignment.declined": _("%(person)s declined to be %(seat)s of %(role)s; it never was in force."),
    }
)
