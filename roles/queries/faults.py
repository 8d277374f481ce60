"""What is wrong with one role, seen from its page (R2, R3, A7). The findings overview asks the same of all roles at once."""

from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from roles.models import Assignment, Role


def faults_of(role: Role, terms: list[Assignment], *, keeps: bool) -> list[dict[str, str]]:
    """What is wrong, worst first, each with the place where it is mended (for those who may mend it)."""
    if role.state == "retired":
        return []
    found = [*_seats(role, terms), *_duties(role)]
    return found if keeps else [{**fault, "url": ""} for fault in found]


def _seats(role: Role, terms: list[Assignment]) -> Iterable[dict[str, str]]:
    if role.state != "active" or role.kind == "everyone":
        return
    now = [term for term in terms if term.standing == "now"]
    holders = [term for term in now if term.seat == "primary"]
    propose = _address("propose") and f"{_address('propose')}?role={role.pk}"
    if not holders:
        yield _fault(
            "stop", _("Nobody holds it today."), _("Propose somebody; top management decides."), propose, _("Propose")
        )
    elif all(term.until for term in holders):
        last = max(term.until for term in holders)
        coming = any(term.standing == "coming" and term.seat == "primary" for term in terms)
        if not coming:
            yield _fault(
                "warn", _("It becomes vacant after %(day)s.") % {"day": last.isoformat()}, "", propose, _("Propose")
            )
    if role.kind == "one" and all(term.seat == "primary" for term in now):
        yield _fault("warn", _("Nobody stands in."), _("A role with one holder needs a deputy."), propose, _("Propose"))


def _duties(role: Role) -> Iterable[dict[str, str]]:
    duties = list(role.responsibilities.all())
    bare = [duty for duty in duties if not duty.authorities.all()]
    idle = [authority for authority in role.authorities.all() if not authority.serves.all()]
    add = reverse("authority-add", args=[role.pk])
    if not duties:
        yield _fault(
            "stop", _("Nothing says what it must do."), "", reverse("responsibility-add", args=[role.pk]), _("Add one")
        )
    for duty in bare[:5]:
        yield _fault(
            "warn", _("A responsibility has no authority."), f"“{duty.text}”", f"{add}?serves={duty.pk}", _("Add one")
        )
    for authority in idle[:5]:
        edit = reverse("authority-edit", args=[authority.pk])
        yield _fault("note", _("An authority serves no responsibility."), f"“{authority.text}”", edit, _("Change"))


def _fault(severity: str, sentence: str, detail: str, url: str, action: str) -> dict[str, str]:
    return {"severity": severity, "sentence": sentence, "detail": detail, "url": url, "action": action}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
