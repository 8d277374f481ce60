"""Reads about delegations: who does it, who answers for it, until when, and which checks are due (A8)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import clock, scope
from ismsroles.core.access import visible_to
from ismsroles.core.models import AuditEvent
from ismsroles.core.names import search_key
from roles import terms, users
from roles.holdings import Holding, role_provider
from roles.models import DelegatedDuty, Delegation, DelegationCheck, Person, Responsibility

ANSWER_WITHIN = timedelta(days=7)
LOOK_BACK = timedelta(days=365)
ORDERS = {
    "role": Lower("role__title"),
    "holder": F("holder__name_key"),
    "delegate": F("delegate__name_key"),
    "ends": F("ends_on"),
}


def whole(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    """With the people, the role, the responsibilities and the day of the last check: two queries, however many rows."""
    return (
        rows.select_related("role", "holder", "delegate", "assignment")
        .prefetch_related("duties")
        .annotate(last_check=Max("checks__on"))
    )


def questions(day: date) -> dict[str, tuple[object, Q]]:
    """The saved questions of the list on this day."""
    now = Q(state="accepted", starts_on__lte=day, ends_on__gte=day)
    return {
        "": (gettext_lazy("In force"), now),
        "offered": (gettext_lazy("Not answered yet"), Q(state="offered")),
        "coming": (gettext_lazy("Coming"), Q(state="accepted", starts_on__gt=day)),
        "over": (gettext_lazy("Over"), Q(state="accepted", ends_on__lt=day)),
        "refused": (gettext_lazy("Declined or withdrawn"), Q(state__in=["declined", "withdrawn"])),
        "all": (gettext_lazy("All"), Q()),
    }


def listed(user, *, words: str = "", area: int | None = None) -> QuerySet[Delegation]:
    """The delegations that the user may see, narrowed."""
    rows = visible_to(user, Delegation)
    for word in search_key(words).split():
        rows = rows.filter(
            Q(holder__name_key__contains=word) | Q(delegate__name_key__contains=word) | Q(role__title__icontains=word)
        )
    return rows if area is None else rows.filter(Q(assignment__area_id=area) | Q(delegate__area_id=area))


def ordered(rows: QuerySet[Delegation], sort: str) -> QuerySet[Delegation]:
    """Sorted as the heading asks; what ends first when it asks nothing we know."""
    key = ORDERS.get(sort.removeprefix("-"), ORDERS["ends"])
    down = sort.startswith("-") and sort[1:] in ORDERS
    first = key.desc(nulls_last=True) if down else key.asc(nulls_last=True)
    return whole(rows).order_by(first, "pk")


def with_due(rows: Iterable[Delegation], day: date) -> list[Delegation]:
    """Each with the day of its next check, and whether that is over."""
    found = list(rows)
    for each in found:
        each.due = each.due_after(each.last_check) if each.state == "accepted" else None
        each.is_late = each.due is not None and each.due < day
    return found


def now_by_duty(day: date) -> dict[tuple[int, int], Delegation]:
    """(assignment, responsibility) → the delegation in force on this day; read once for a request."""
    return scope.remember(("delegated", day), lambda: _by_duty(day))


def _by_duty(day: date) -> dict[tuple[int, int], Delegation]:
    rows = with_due(whole(Delegation.objects.current(day)), day)
    return {(each.assignment_id, duty.responsibility_id): each for each in rows for duty in each.duties.all()}


def now_by_responsibility(day: date) -> dict[int, list[Delegation]]:
    """Responsibility → who carries it out for whom: for the page of a role and the document."""
    found: dict[int, list[Delegation]] = defaultdict(list)
    for (_assignment, duty), each in sorted(now_by_duty(day).items()):
        found[duty].append(each)
    return dict(found)


def of_person(person: Person | None, day: date) -> dict[str, list[Delegation]]:
    """What a page about somebody shows: passed on to them, passed on by them, what they must answer and what they must check."""
    if person is None:
        return {}
    both = scope.remember(("delegations of", person.pk, day), lambda: _around(person, day))
    held = [each for each in both if each.delegate_id == person.pk]
    given = [each for each in both if each.holder_id == person.pk]
    return {
        "delegated_to": held,
        "delegated_by": given,
        "asked": [each for each in held if each.state == "offered"],
        "to_check": [each for each in given if each.is_late],
    }


def _around(person: Person, day: date) -> list[Delegation]:
    """Passed on by the person or to them: in force, coming or not answered yet."""
    rows = _alive(day).filter(Q(holder=person) | Q(delegate=person))
    return with_due(whole(rows).order_by("ends_on", "pk"), day)


def own_by_duty(person: Person | None, day: date) -> dict[tuple[int, int | None], Delegation]:
    """(assignment, responsibility) → what this holder has passed on and is in force on this day."""
    given = of_person(person, day).get("delegated_by", [])
    now = [each for each in given if each.state == "accepted" and each.starts_on <= day]
    return {(each.assignment_id, duty.responsibility_id): each for each in now for duty in each.duties.all()}


def _alive(day: date) -> QuerySet[Delegation]:
    lasting = Q(assignment__ends_on=None) | Q(assignment__ends_on__gte=day)
    return Delegation.objects.filter(
        lasting, state__in=["offered", "accepted"], ends_on__gte=day, assignment__state="approved"
    )


def late_checks(day: date) -> list[Delegation]:
    """Accepted delegations whose check is overdue, while the holder still holds; those that ended within a year too."""
    rows = Delegation.objects.accepted().filter(
        Q(assignment__ends_on=None) | Q(assignment__ends_on__gte=day),
        Q(holder__last_day=None) | Q(holder__last_day__gte=day),
        assignment__state="approved",
        starts_on__lt=day,
        ends_on__gte=day - LOOK_BACK,
    )
    return [each for each in with_due(whole(rows), day) if each.is_late]


def unanswered(day: date) -> QuerySet[Delegation]:
    """Offers that nobody answered in time."""
    rows = Delegation.objects.filter(state="offered", ends_on__gte=day, delegated_at__date__lt=day - ANSWER_WITHIN)
    return rows.select_related("role", "holder", "delegate")


def last_not_ok(day: date) -> QuerySet[DelegationCheck]:
    """The last check of what is in force, when it was not as agreed."""
    later = DelegationCheck.objects.filter(delegation=OuterRef("delegation")).filter(
        Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk"))
    )
    rows = DelegationCheck.objects.filter(~Exists(later), result="not_ok", delegation__state="accepted")
    return rows.filter(delegation__ends_on__gte=day).select_related(
        "delegation__role", "delegation__holder", "delegation__delegate"
    )


def shown(delegation: Delegation) -> dict[str, str]:
    """Label → text of everything that matters for the answer; its fingerprint is what the delegate answers (design rule 2)."""
    return {
        _("Role"): str(delegation.role),
        _("From"): str(delegation.holder),
        _("To"): str(delegation.delegate),
        _("Responsibilities"): "\n".join(delegation.duties.values_list("text", flat=True)),
        _("First day"): terms.in_words(delegation.starts_on),
        _("Last day"): terms.in_words(delegation.ends_on),
        _("Checked"): delegation.interval,
        _("What is agreed"): delegation.note or "–",
    }


def told(delegation: Delegation) -> QuerySet[AuditEvent]:
    """What was done to a delegation, oldest first."""
    return AuditEvent.objects.filter(subject_type="roles.delegation", subject_id=str(delegation.pk)).order_by("pk")


@users.of(Responsibility)
def _needed_by(duty: Responsibility) -> Iterable[str]:
    """A responsibility that is delegated is neither removed nor moved to another role meanwhile."""
    rows = DelegatedDuty.objects.filter(responsibility=duty, lives=True, ends_on__gte=clock.today())
    for each in rows.select_related("delegation__role", "delegation__holder", "delegation__delegate"):
        yield _("Delegation: %s") % each.delegation


def as_holding(delegation: Delegation, duties: Iterable[int]) -> Holding:
    """A delegation as what its delegate holds by it."""
    return Holding(
        person=delegation.delegate_id,
        kind="delegation",
        how="delegate",
        label=str(delegation.role),
        url=delegation.get_absolute_url() if delegation.pk else "",
        pk=delegation.pk or 0,
        starts_on=delegation.starts_on,
        ends_on=delegation.ends_on,
        role=delegation.role_id,
        responsibilities=frozenset(pk for pk in duties if pk is not None),
    )


@role_provider
def _delegations(people, first: date, last: date | None) -> Iterable[Holding]:
    rows = DelegatedDuty.objects.filter(delegation__in=Delegation.objects.accepted().overlapping(first, last))
    rows = rows if people is None else rows.filter(delegation__delegate__in=people)
    found: dict[int, tuple[Delegation, list[int]]] = {}
    for duty in rows.select_related("delegation__role").order_by("delegation_id", "pk"):
        found.setdefault(duty.delegation_id, (duty.delegation, []))[1].append(duty.responsibility_id)
    for delegation, duties in found.values():
        yield as_holding(delegation, duties)
