"""What is wrong with appointments: not answered, declined, or a letter that could not be made (A4)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from roles.findings.register import Found, place
from roles.models import Letter
from roles.queries import letters


@rule("A4", title=gettext_lazy("Appointment not accepted"), clause="5.3", severity="warn")
def not_accepted_in_time(day: date) -> Found:
    """Whoever was appointed accepts within 14 days, in the register or on paper (A4)."""
    for letter in letters.late(day):
        words = {
            "person": letter.person,
            "role": letter.assignment.role,
            "days": (day - letters.waits_since(letter)).days,
        }
        yield {
            "sentence": _("%(person)s has not accepted to be %(role)s for %(days)d days.") % words,
            "url": place("letter", letter.pk),
            "action": _("Open the letter"),
            "detail": _("Ask them to answer, or record what they signed on paper."),
            "since": letters.waits_since(letter) + letters.ANSWER_WITHIN,
        }


@rule("A4.declined", title=gettext_lazy("Appointment declined"), clause="5.3", severity="warn")
def declined_and_nobody_else_proposed(day: date) -> Found:
    """What somebody declined is given to somebody else, or talked about (A4)."""
    for letter in letters.declined_and_open(day):
        words = {"person": letter.person, "role": letter.assignment.role, "seat": letter.assignment.get_seat_display()}
        yield {
            "sentence": _("%(person)s declined to be %(seat)s of %(role)s.") % words,
            "url": place("assignment", letter.assignment_id),
            "action": _("Propose somebody else"),
            "detail": f"“{letter.reason}”",
            "since": letter.answered_at.date(),
        }


@rule("A4.letter", title=gettext_lazy("Letter could not be made"), clause="5.3", severity="warn")
def a_letter_could_not_be_made(day: date) -> Found:
    """Each appointment has its letter as PDF (A4)."""
    for letter in Letter.objects.filter(pdf=None).exclude(fault="").select_related("assignment__role", "person"):
        words = {"person": letter.person, "role": letter.assignment.role}
        yield {
            "sentence": _("The letter of %(person)s as %(role)s could not be made.") % words,
            "url": place("letter", letter.pk),
            "action": _("Open the letter"),
            "detail": letter.fault,
            "since": letters.waits_since(letter),
        }
