"""What the apps below know for the agenda: figures of the register, the matrix and competence (T2). None of them names a person."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competence.queries import counts, training
from ismsroles.core import findings
from ismsroles.core.models import AuditEvent
from raci.models import Risk, RiskAcceptance
from reviews.agenda import Figure, Period, input_for
from reviews.models import TeamAction
from roles.models import Person, Policy
from roles.queries.held import held_roles

CHANGES = {
    "person.added": gettext_lazy("People who came"),
    "person.leaves": gettext_lazy("People whose last day was recorded"),
    "area.added": gettext_lazy("New areas"),
    "role.activated": gettext_lazy("Roles put in force"),
    "role.retired": gettext_lazy("Roles retired"),
    "asset.added": gettext_lazy("Assets, systems and services added"),
}


@input_for("actions")
def of_actions(period: Period) -> Iterator[Figure]:
    """What earlier reviews decided, and how far it is (9.3.2 a)."""
    rows = TeamAction.objects.exclude(meeting=period.meeting)
    late = Q(state="open", due_on__lt=period.as_of)
    found = rows.aggregate(
        open=Count("pk", Q(state="open")), late=Count("pk", late),
        done=Count("pk", Q(state="done", closed_on__gte=period.since, closed_on__lte=period.until)),
    )  # fmt: skip
    url = reverse("team-actions")
    yield Figure(_("Open"), str(found["open"]), url)
    yield Figure(_("Overdue"), str(found["late"]), f"{url}?show=late")
    yield Figure(_("Done since the last review"), str(found["done"]), f"{url}?show=done")


@input_for("changes")
def of_changes(period: Period) -> Iterator[Figure]:
    """What changed in the register since the last review (9.3.2 b)."""
    first, end = period.moments
    rows = AuditEvent.objects.filter(code__in=CHANGES, at__gte=first, at__lt=end).values_list("code")
    counted = dict(rows.annotate(n=Count("pk")).order_by())
    for code, label in CHANGES.items():
        if counted.get(code):
            yield Figure(str(label), str(counted[code]))
    if not counted:
        yield Figure(_("Recorded changes of people, areas, roles and assets"), "0")


@input_for("measures")
def of_findings(period: Period) -> Iterator[Figure]:
    """What the rules find today (9.3.2 d 2)."""
    found = findings.current(period.as_of)
    url = reverse("findings")
    yield Figure(_("Findings that must be mended"), str(sum(one.severity == "stop" for one in found)), url)
    yield Figure(_("Findings that should be mended"), str(sum(one.severity == "warn" for one in found)), url)


@input_for("risks")
def of_risks(period: Period) -> Iterator[Figure]:
    """Risks and who accepted what remains (9.3.2 f)."""
    rows = Risk.objects.aggregate(all=Count("pk"), alone=Count("pk", Q(owner_role=None, owner_person=None)))
    yield Figure(_("Risks in the register"), str(rows["all"]), reverse("risks"))
    yield Figure(_("Without an owner"), str(rows["alone"]), reverse("risks"))
    ending = RiskAcceptance.objects.filter(until__gte=period.since, until__lte=period.until).count()
    yield Figure(_("Acceptances that ended since the last review"), str(ending), reverse("risks"))


@input_for("policies")
def of_policies(period: Period) -> Iterator[Figure]:
    """Policies in force, and those that came into force since the last review (5.2)."""
    rows = Policy.objects.filter(state="active")
    found = rows.aggregate(all=Count("pk"), new=Count("pk", Q(dated__gte=period.since, dated__lte=period.until)))
    yield Figure(_("Policies in force"), str(found["all"]), reverse("policies"))
    yield Figure(_("In force since the last review"), str(found["new"]), reverse("policies"))


@input_for("resources")
def of_roles(period: Period) -> Iterator[Figure]:
    """Roles without a holder or a deputy, people, and what is missing in competence; small numbers are not told (rule 15)."""
    day = period.as_of
    held = [one for one in held_roles(day) if one.role.kind != "everyone"]
    yield Figure(_("Roles in force"), str(len(held)), reverse("roles"))
    yield Figure(_("Vacant"), str(sum(one.is_vacant for one in held)), f"{reverse('roles')}?show=vacant")
    alone = sum(one.role.kind == "one" and not one.is_vacant and not one.deputies for one in held)
    yield Figure(_("Without a deputy"), str(alone), reverse("roles"))
    yield Figure(_("People"), str(Person.objects.current(day).count()))
    gaps = counts.told(len(list(counts.must_gaps(day))))
    yield Figure(_("Competence that is missing"), _("a few") if gaps is None else str(gaps), reverse("competence"))
    plans = counts.told(len(training.plans(day)))
    yield Figure(_("Trainings planned"), _("a few") if plans is None else str(plans), reverse("competence"))
