"""Who keeps the organisation chart current, what waits to be confirmed, and what a confirmation is about (coverage R8)."""

from datetime import date

from django.db.models import Exists, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import scope
from ismsroles.core.shown import fingerprint
from roles.models import Absence, Assignment, ChartConfirmation, ChartKeeping, Person, Restructure, Role
from roles.queries import chart
from roles.terms import in_words

WAITING = gettext_lazy("Restructures")


def keeper() -> Role | None:
    """The role that keeps the chart; read once for a request."""
    kept = ChartKeeping.objects.select_related("role")
    found = scope.remember("chart keeping", kept.first)
    return found.role if found else None


def keepers(day: date) -> list[Person]:
    """Who holds that role today."""
    role = keeper()
    if role is None or role.state != "active":
        return []
    return [seat.person for seat in _seated(role, day) if seat.seat == "primary"]


def _seated(role: Role, day: date) -> list[Assignment]:
    """Holders and deputies of the role that keeps the chart, by name; read once for a request."""
    seats = Assignment.objects.current(day).filter(role=role).select_related("person__user")
    return scope.remember(("chart keepers", day), lambda: list(seats.order_by("person__name_key", "pk")))


def acting_keeper(person: Person, day: date) -> Person | None:
    """The absent holder of that role for whom this person stands in as its deputy, in an absence that somebody else recorded (A7)."""
    role = keeper()
    if role is None or role.state != "active":
        return None
    seats = _seated(role, day)
    places = {seat.area_id for seat in seats if seat.seat == "deputy" and seat.person_id == person.pk}
    holders = [seat.person for seat in seats if seat.seat == "primary" and seat.area_id in places]
    away = Absence.objects.on(day).exclude(recorded_by_person=person).filter(person__in=holders)
    gone = set(away.values_list("person", flat=True)) if holders else set()
    return next((holder for holder in holders if holder.pk in gone), None)


def unconfirmed() -> QuerySet[Restructure]:
    """Restructures after which nobody has confirmed the chart yet, oldest first."""
    return Restructure.objects.filter(state="open").order_by("day", "pk")


def last_confirmation() -> ChartConfirmation | None:
    """The newest confirmation."""
    return ChartConfirmation.objects.order_by("-pk").first()


def content(day: date) -> dict[str, str]:
    """What a confirmation is about: each role with its line and its holders, the lines of people as one, and what waits."""
    roles = chart.everything("roles", day)
    said = {box.title: _line(box, roles) for box in sorted(roles.boxes.values(), key=lambda box: box.title.casefold())}
    people = chart.everything("people", day)
    lines = [[box.key, box.parent] for box in people.boxes.values()]
    said[_("Lines of people")] = _("%(many)d people, fingerprint %(print)s") % {
        "many": len(lines),
        "print": fingerprint(sorted(lines))[:16],
    }
    waiting = [f"{in_words(one.day)}: {one.what}" for one in unconfirmed()]
    return said | {str(WAITING): "\n".join(waiting) or _("none")}


def _line(box: chart.Box, roles: chart.Chart) -> str:
    above = roles.boxes.get(box.parent)
    reports = _("reports to %s") % above.title if above else _("reports to nobody")
    return f"{reports}; {box.who}"


def listed(rows: QuerySet[Restructure]) -> QuerySet[Restructure]:
    """Restructures with what their list says of them, the newest first; each knows whether any of all waits to be confirmed."""
    some = rows.annotate(some_wait=Exists(unconfirmed().order_by()))
    return some.select_related("recorded_by", "confirmation").prefetch_related("areas").order_by("-day", "-pk")
