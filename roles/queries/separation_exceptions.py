"""Reads about exceptions: what is listed, what waits, who may decide (A5)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import clock, facts
from ismsroles.core.access import may, visible_to
from ismsroles.core.names import search_key
from roles import inbox
from roles.models import Person, SeparationException
from roles.policy import EVERYWHERE, is_concerned, is_same, standing
from roles.policy.waiting import concerns
from roles.queries.assignments import approvers
from roles.queries.separation import WHOLE

SOON = timedelta(days=30)


def questions(day: date) -> dict[str, tuple[object, Q]]:
    """The saved questions of the list; what covers today is worked out from dates."""
    covers = Q(state__in=["approved", "ended"], starts_on__lte=day, ends_on__gte=day)
    return {
        "": (gettext_lazy("Covering today"), covers),
        "waiting": (gettext_lazy("Waiting for approval"), Q(state="requested")),
        "soon": (gettext_lazy("Ending in 30 days"), covers & Q(ends_on__lte=day + SOON)),
        "over": (gettext_lazy("Over"), Q(state__in=["approved", "ended"], ends_on__lt=day)),
        "refused": (gettext_lazy("Rejected or withdrawn"), Q(state__in=["rejected", "withdrawn"])),
        "all": (gettext_lazy("All"), Q()),
    }


def listed(user, *, words: str = "") -> QuerySet[SeparationException]:
    """The exceptions that the user may see, narrowed by the person's name."""
    rows = whole(visible_to(user, SeparationException))
    for word in search_key(words).split():
        rows = rows.filter(person__name_key__contains=word)
    return rows.order_by("ends_on", "pk")


def whole(rows: QuerySet[SeparationException]) -> QuerySet[SeparationException]:
    """With all that their page names."""
    return rows.select_related(
        "person__area", "proposed_by", "proposed_by_person", "decided_by", "decided_by_person", "ended_by",
        *(f"rule__{side}" for side in WHOLE),
    )  # fmt: skip


def standing_of(exception: SeparationException, day: date) -> str:
    """Where an exception stands on this day: waiting, refused, coming, now or over."""
    if exception.state == "requested":
        return "waiting"
    if exception.state in ("rejected", "withdrawn"):
        return "refused"
    if exception.covers(day):
        return "now"
    return "coming" if day < exception.starts_on else "over"


def waiting(user) -> list[SeparationException]:
    """The requests that this user may see and that wait, oldest first."""
    rows = whole(visible_to(user, SeparationException)).filter(state="requested")
    return list(rows.order_by("proposed_at", "pk"))


def _awaiting(user) -> facts.HowMany | None:
    """The requests that wait for this user's own decision: the rule of one, asked of all at once for the count on every page."""
    who = standing(user)
    if EVERYWHERE not in who.approves_in:
        return None
    concerned = concerns(who.person) | Q(proposed_by=user)
    return facts.HowMany(SeparationException.objects.filter(state="requested").exclude(concerned))


awaiting = facts.register("exceptions_awaiting", _awaiting)


def who_may_decide(exception: SeparationException) -> list[Person]:
    """Who approves for the whole organisation today and is not concerned by it."""
    apart = (exception.person_id, exception.proposed_by_person_id)
    people = {p.pk: p for p, where in approvers() if where == EVERYWHERE and p.pk not in apart}
    return [person for person in people.values() if not is_same(exception.proposed_by, person)]


def whose_turn(exception: SeparationException) -> str:
    """Who may decide, by name; that nobody may is said as well."""
    names = [str(person) for person in who_may_decide(exception)]
    if names:
        return _("Waits for %(names)s.") % {"names": _(" or ").join(names)}
    return _("Nobody may decide it at present: another approver for the whole organisation is needed.")


def why_not(user, exception: SeparationException) -> str:
    """Why this user may not decide, and who may."""
    if may(user, "roles.separation_exception.approve", exception):
        return ""
    reason = ""
    if is_concerned(user, exception):
        person = standing(user).person
        about = person is not None and person.pk == exception.person_id
        reason = _("It is about you.") if about else _("You asked for it.")
    elif standing(user).is_top_management:
        reason = _("You decide for an area only; the rule is the whole organisation’s.")
    return f"{reason} {whose_turn(exception)}".strip()


@inbox.subject(count=awaiting)
def _lines(user) -> Iterable[inbox.Line]:
    for one in waiting(user):
        yield inbox.Line(
            title=_("Exception for %(person)s") % {"person": one.person},
            fact=str(one.rule),
            detail=_("Asked for by %(name)s") % {"name": one.proposed_by},
            url=reverse("separation-exception-decide", args=[one.pk]),
            days=days_waiting(one),
            why_not=why_not(user, one),
        )


def days_waiting(exception: SeparationException) -> int:
    """Days since it was asked for."""
    return (clock.today() - exception.proposed_at.astimezone(clock.zone()).date()).days
