"""Authorisation levels, policies and the organisation chart as reviewable things (V1; R6, R8, R9)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.reviewable import Kind, Line, People, register
from reviews.subjects.common import first_written, holders
from roles.models import AuthorisationLevel, ChartKeeping, Policy
from roles.queries import keeping
from roles.terms import in_words


def _levels(day: date) -> QuerySet[AuthorisationLevel]:
    rows = AuthorisationLevel.objects.filter(state="active", role__state="active").select_related("role")
    return rows.annotate(since=first_written(AuthorisationLevel, state="active"))


def _of_role(rows: Sequence[Any], day: date) -> People:
    held = holders([row.role_id for row in rows], day)
    return {row.pk: held.get(row.role_id, []) for row in rows}


def level_lines(level: AuthorisationLevel, day: date) -> Iterator[Line]:
    """Who may decide what, up to which limit, with which evidence."""
    change = level.get_absolute_url()
    yield Line("what", level.decision, level.what, (str(level.role),), change_url=change)
    yield Line("limit", _("Limit"), level.limit or str(level.get_limit_kind_display()), change_url=change)
    if level.evidence:
        yield Line("evidence", _("Evidence"), level.evidence, change_url=change)


LEVEL = register(
    Kind(
        "level",
        gettext_lazy("Authorisation levels"),
        gettext_lazy("authorisation level"),
        _levels,
        level_lines,
        concerned=_of_role,
        asked=_of_role,
        label_of="roles.authorisationlevel",
    )
)


def _policies(day: date) -> QuerySet[Policy]:
    rows = Policy.objects.filter(state="active").select_related("owner")
    return rows.annotate(since=first_written(Policy, state="active"))


def _owners(rows: Sequence[Policy], day: date) -> People:
    held = holders([row.owner_id for row in rows], day)
    return {row.pk: held.get(row.owner_id, []) for row in rows}


def policy_lines(policy: Policy, day: date) -> Iterator[Line]:
    """The version, who keeps it, and each role that puts it into effect."""
    change = policy.get_absolute_url()
    words = {"title": policy.title, "version": policy.version, "day": in_words(policy.dated)}
    yield Line("policy", _("The policy"), _("%(title)s, version %(version)s of %(day)s") % words, change_url=change)
    owner = str(policy.owner) if policy.owner else _("No role keeps it right.")
    yield Line("owner", _("Owner"), owner, change_url=change)
    for part in policy.parts.select_related("role"):
        yield Line(f"part-{part.pk}", _("Who puts it into effect"), f"{part.role}: {part.does}", change_url=change)


POLICY = register(
    Kind(
        "policy",
        gettext_lazy("Policies"),
        gettext_lazy("policy"),
        _policies,
        policy_lines,
        nearest=_owners,
        asked=_owners,
        by="nearest",
        label_of="roles.policy",
    )
)


def _chart(day: date) -> QuerySet[ChartKeeping]:
    return ChartKeeping.objects.select_related("role").annotate(since=first_written(ChartKeeping))


def chart_lines(row: ChartKeeping, day: date) -> Iterator[Line]:
    """Each role with its line and who holds it, as a confirmation of the chart says it."""
    for place, (title, said) in enumerate(keeping.content(day).items()):
        yield Line(
            f"line-{title[:80]}-{place if not title else ''}",
            _("Reporting lines"),
            f"{title}: {said}",
            change_url=reverse("chart"),
        )


CHART = register(
    Kind(
        "chart",
        gettext_lazy("Organisation chart"),
        gettext_lazy("organisation chart"),
        _chart,
        chart_lines,
        named=lambda row: _("Organisation chart"),
        url=lambda row: reverse("chart"),
        nearest=_of_role,
        by="nearest",
        label_of="roles.chartkeeping",
    )
)
