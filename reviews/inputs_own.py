"""What reviews, audits of roles, campaigns and parties outside know for the agenda (T2, T5). None of it names a person."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.agenda import Figure, Period, input_for
from reviews.models import (
    Anomaly,
    AuditQuestion,
    Campaign,
    Corrective,
    FollowUp,
    Given,
    Party,
    Remark,
    Review,
    RoleAudit,
)
from reviews.queries import campaigns
from roles.models import Assignment, Letter, Unanswered
from roles.queries.held import held_roles

ONE_DAY = timedelta(days=1)


@input_for("needs")
def of_parties(period: Period) -> Iterator[Figure]:
    """Whom outside it matters to, and what they were given (9.3.2 c; 4.2)."""
    url = reverse("parties")
    first, last = period.moments
    new = Party.history.filter(history_type="+", history_date__gte=first, history_date__lt=last).count()
    yield Figure(_("Interested parties on the list"), str(Party.objects.filter(retired=False).count()), url)
    yield Figure(_("New since the last review"), str(new), url)
    given = Given.objects.filter(given_on__gte=period.since, given_on__lte=period.until).count()
    yield Figure(_("Given to them since then, as a copy or a link"), str(given), url)


@input_for("nonconformities")
def of_nonconformities(period: Period) -> Iterator[Figure]:
    """What audits of roles found, and how far its correction is (9.3.2 d 1; 10.2)."""
    since = Q(answered_on__gte=period.since, answered_on__lte=period.until)
    found = AuditQuestion.objects.filter(since).aggregate(
        major=Count("pk", Q(result="major")), minor=Count("pk", Q(result="minor"))
    )
    acts = Corrective.objects.aggregate(
        left=Count("pk", ~Q(state="verified")),
        late=Count("pk", ~Q(state="verified") & Q(due_on__lt=period.as_of)),
        works=Count("pk", Q(verified_on__gte=period.since, verified_on__lte=period.until)),
    )
    url = reverse("role-audits")
    yield Figure(_("Major nonconformities since the last review"), str(found["major"]), url)
    yield Figure(_("Minor nonconformities since the last review"), str(found["minor"]), url)
    yield Figure(_("Corrective actions not verified yet"), str(acts["left"]), url)
    yield Figure(_("Of these overdue"), str(acts["late"]), url)
    yield Figure(_("Verified since the last review"), str(acts["works"]), url)


@input_for("audits")
def of_audits(period: Period) -> Iterator[Figure]:
    """Audits of roles: done, under way, planned, and what they said (9.3.2 d 3)."""
    rows = RoleAudit.objects.aggregate(
        done=Count("pk", Q(state="done", closed_on__gte=period.since, closed_on__lte=period.until)),
        going=Count("pk", Q(state="in_progress")), planned=Count("pk", Q(state="planned")),
    )  # fmt: skip
    asked = AuditQuestion.objects.filter(answered_on__gte=period.since, answered_on__lte=period.until).exclude(
        result=""
    )
    said = asked.aggregate(all=Count("pk"), right=Count("pk", Q(result="conforming")))
    url = reverse("role-audits")
    yield Figure(_("Audits of roles done since the last review"), str(rows["done"]), url)
    yield Figure(_("Under way, and planned"), f"{rows['going']}, {rows['planned']}", url)
    if said["all"]:
        words = {"n": said["right"], "all": said["all"]}
        yield Figure(_("Questions found conforming"), _("%(n)s of %(all)s") % words, url)


@input_for("measures")
def of_reviews(period: Period) -> Iterator[Figure]:
    """Reviews: done since the last meeting, waiting, late, and what they found (9.3.2 d 2)."""
    done = Q(state="done", completed_on__gte=period.since, completed_on__lte=period.until)
    rows = Review.objects.aggregate(
        done=Count("pk", done), wrong=Count("pk", done & ~Q(outcome="right")),
        left=Count("pk", Q(state__in=["open", "in_progress"])),
        late=Count("pk", Q(state__in=["open", "in_progress"], due_on__lt=period.as_of)),
    )  # fmt: skip
    url = reverse("reviews")
    yield Figure(_("Reviews done since the last review"), str(rows["done"]), url)
    yield Figure(_("Of these with something to change or retire"), str(rows["wrong"]), url)
    yield Figure(_("Reviews open"), str(rows["left"]), url)
    yield Figure(_("Of these overdue"), str(rows["late"]), f"{url}?show=overdue")


@input_for("objectives")
def of_objectives(period: Period) -> Iterator[Figure]:
    """What is to hold of roles, and how far it does: held, accepted, reviewed in time, read (9.3.2 d 4; 5.3)."""
    day = period.as_of
    held = [one for one in held_roles(day) if one.role.kind != "everyone"]
    yield _part(_("Roles that are held"), sum(not one.is_vacant for one in held), len(held), reverse("roles"))
    done = Q(state="done", completed_on__gte=period.since, completed_on__lte=period.until)
    rows = Review.objects.aggregate(all=Count("pk", done), timely=Count("pk", done & Q(completed_on__lte=F("due_on"))))
    if rows["all"]:
        yield _part(_("Reviews done by their day"), rows["timely"], rows["all"], reverse("reviews"))
    letters = Letter.objects.filter(assignment__in=Assignment.objects.current(day)).aggregate(
        all=Count("pk"), yes=Count("pk", Q(state="accepted"))
    )
    if letters["all"]:
        yield _part(_("Appointment letters accepted"), letters["yes"], letters["all"], reverse("letters"))
    last = Campaign.objects.select_related("version").order_by("-opened_on", "-pk").first()
    if last is not None:
        whole = campaigns.whole(campaigns.per_area(last, campaigns.day_of(last, day)))
        label = _("“%(version)s” acknowledged") % {"version": last}
        yield _part(label, whole.read, whole.asked, last.get_absolute_url())


def _part(label: str, some: int, whole: int, url: str) -> Figure:
    return Figure(label, _("%(n)s of %(all)s") % {"n": some, "all": whole}, url)


@input_for("feedback")
def of_feedback(period: Period) -> Iterator[Figure]:
    """What people inside said: anomalies, comments on reviews, questions without an answer (9.3.2 e)."""
    first, last = period.moments
    told = Anomaly.objects.filter(reported_at__gte=first, reported_at__lt=last).count()
    yield Figure(_("Anomalies reported since the last review"), str(told), reverse("anomalies"))
    said = Remark.objects.filter(at__gte=first, at__lt=last).count()
    yield Figure(_("Comments on reviews since then"), str(said), reverse("reviews"))
    open_ones = Unanswered.objects.filter(state="open").count()
    yield Figure(_("Questions to which no role gave an answer"), str(open_ones), reverse("unanswered"))


@input_for("improvement")
def of_improvement(period: Period) -> Iterator[Figure]:
    """What reviews and audits say could be better (9.3.2 g; 10.1)."""
    seen = Q(result="opportunity", answered_on__gte=period.since, answered_on__lte=period.until)
    found = AuditQuestion.objects.filter(seen).count()
    yield Figure(_("Opportunities seen by audits since the last review"), str(found), reverse("role-audits"))
    rows = FollowUp.objects.aggregate(
        left=Count("pk", ~Q(state="done")), late=Count("pk", ~Q(state="done") & Q(due_on__lt=period.as_of)),
        done=Count("pk", Q(state="done", closed_on__gte=period.since, closed_on__lte=period.until)),
    )  # fmt: skip
    url = reverse("reviews")
    yield Figure(_("Follow-ups of reviews that are open"), str(rows["left"]), url)
    yield Figure(_("Of these overdue"), str(rows["late"]), url)
    yield Figure(_("Done since the last review"), str(rows["done"]), url)
