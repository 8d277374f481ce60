"""Risks as their list and their page show them (M5)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ismsroles.core.access import visible_to
from raci.models import Risk, RiskAcceptance
from raci.queries.assets import with_owners
from roles.models import Assignment

HEADERS = [
    _("Reference"), _("Risk"), _("Residual level"), _("Owner (role)"), _("Owner (person)"), _("Answers for it today"),
    _("Accepted by"), _("Accepted on"), _("Until"), _("Up to the level"), _("Evidence"), _("Link"),
]  # fmt: skip


def questions(day: date) -> dict[str, tuple[object, Q]]:
    """The saved questions of the list on this day."""
    open_ = Q(closed_on=None)
    gone = Q(owner_person__last_day__lt=day) | Q(owner_role__isnull=False, is_held=False)
    return {
        "": (_("Open"), open_),
        "none": (_("No owner"), open_ & Q(owner_role=None, owner_person=None)),
        "gone": (_("Owner gone or role vacant"), open_ & gone),
        "accepted": (_("Accepted"), open_ & Q(is_accepted=True)),
        "expired": (_("Acceptance expired"), open_ & Q(is_accepted=False, was_accepted=True)),
        "closed": (_("Closed"), ~open_),
    }


def risks(user, day: date, *, words: str = "") -> QuerySet[Risk]:
    """The risks that the user may see, narrowed, each with whether it is accepted today."""
    given = RiskAcceptance.objects.filter(risk=OuterRef("pk"), withdraws=None, withdrawn_by=None)
    held = Assignment.objects.current(day).filter(seat="primary", role__state="active", role=OuterRef("owner_role"))
    rows = visible_to(user, Risk).found_by(words) if words else visible_to(user, Risk)
    return rows.annotate(
        is_held=Exists(held),
        is_accepted=Exists(given.filter(accepted_on__lte=day, until__gte=day)),
        was_accepted=Exists(given.filter(until__lt=day)),
    )


def ordered(rows: QuerySet[Risk], sort: str) -> QuerySet[Risk]:
    """Sorted as the heading asks; by reference when it asks nothing we know."""
    name = sort.removeprefix("-")
    way = "-" if sort.startswith("-") else ""
    if name == "level":
        return rows.order_by(f"{way}level", "reference", "pk")
    if name == "title":
        return rows.order_by(Lower("title").desc() if way else Lower("title"), "pk")
    return rows.order_by("-reference" if sort == "-reference" else "reference", "pk")


def with_acceptances(listed, user, day: date) -> list[Risk]:
    """Give each risk who answers for it and `accepted`, the newest acceptance that was not withdrawn: two queries for the page."""
    rows = with_owners(listed, day)
    by_risk = {risk.pk: risk for risk in rows}
    for risk in rows:
        risk.accepted = None
    given = RiskAcceptance.objects.filter(risk__in=by_risk, withdraws=None, withdrawn_by=None)
    for row in given.select_related("person").order_by("accepted_on", "pk"):
        row.is_over = row.until < day
        by_risk[row.risk_id].accepted = row
    return rows


def acceptances_of(risk: Risk) -> list[RiskAcceptance]:
    """Everything that was ever recorded about its acceptance, the newest first."""
    rows = risk.acceptances.filter(withdraws=None).select_related("person", "recorded_by", "withdrawn_by__recorded_by")
    return list(rows.order_by("-accepted_on", "-pk"))


def sheet_rows(listed, user, day: date) -> list[list]:
    """One row a risk."""
    return [
        [
            risk.reference, risk.title, risk.level_name, str(risk.owner_role or ""), str(risk.owner_person or ""),
            "\n".join(map(str, risk.answering)), *_accepted(risk.accepted), risk.link,
        ]
        for risk in with_acceptances(listed, user, day)
    ]  # fmt: skip


def _accepted(row: RiskAcceptance | None) -> list:
    if row is None:
        return [""] * 5
    return [str(row.person), row.accepted_on, row.until, row.level_name, row.evidence or row.link]
