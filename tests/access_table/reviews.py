"""Reviews and the management review team: who gets what.

The review of the incident manager's role: Ismail reviews it, Hana and Dov are asked. Cole reported the anomaly."""

from types import SimpleNamespace

from ismsroles.core import clock
from reviews.actions import audits, changes
from reviews.models import Corrective, FollowUp, Stakeholder
from tests.access_walk import Row
from tests.reviews import world as small

READ = "200 200 200 403 403 403 200 403"
KEEPS, KEEPS_POST = "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"
OWN = "200 200 200 404 200 200 200 404"
# fmt: off
TABLE: list[Row] = [
    Row("reviews", READ, "405"),
    Row("my-reviews", "200", "405"),
    Row("review-calendar", READ, "405"),
    Row("review-spread", KEEPS, KEEPS_POST),
    Row("review-settings", READ, "405"),
    Row("review-setting", KEEPS, KEEPS_POST, lambda w: ["role"]),
    Row("review-setting", "404", "404", lambda w: ["nothing"], what="unknown kind"),
    Row("changes-declared", "200 200 200 200 403 403 200 403", "405"),
    Row("change-declare", "403 200 200 200 403 403 403 403", "403 422 422 422 403 403 403 403"),
    Row("change-declared", "200 200 200 200 404 404 200 404", "405", lambda w: [w.declared.pk]),
    Row("review", OWN, "403 422 403 404 403 403 403 404", lambda w: [w.review.pk]),
    Row("review", OWN, "403 409 403 404 403 403 403 404", lambda w: [w.reviewed.pk], what="done"),
    Row("review-start", "405", "403 302 403 404 403 403 403 404", lambda w: [w.review.pk]),
    Row("review-comment", "403 403 403 404 200 200 403 404", "403 403 403 404 422 422 403 404", lambda w: [w.review.pk]),
    Row("review-hand-over", "403 200 403 404 403 403 403 404", "403 422 403 404 403 403 403 404", lambda w: [w.review.pk]),
    Row("review-record", OWN, "405", lambda w: [w.reviewed.pk]),
    Row("review-record", "404", "405", lambda w: [w.review.pk], what="not done"),
    Row("follow-up-close", "403 200 403 404 200 403 403 404", "403 422 403 404 422 403 403 404", lambda w: [w.follow_up.pk]),
    Row("anomalies", "200", "405"),
    Row("role-audits", "200 200 200 403 403 200 200 403", "405"),
    Row("role-audit-plan", "403 200 200 403 403 403 403 403", "403 422 422 403 403 403 403 403"),
    Row("role-audit", "200 200 200 404 404 200 200 404", "405", lambda w: [w.role_audit.pk]),
    Row("role-audit-answer", "403 403 403 404 404 200 403 404", "403 403 403 404 404 422 403 404", lambda w: [w.audit_question.pk]),
    Row("role-audit-close", "403 403 403 404 404 200 403 404", "403 403 403 404 404 422 403 404", lambda w: [w.role_audit.pk]),
    Row("role-audit-cancel", "403 200 200 404 404 403 403 404", "403 302 302 404 404 403 403 404", lambda w: [w.role_audit.pk]),
    Row("corrective-done", "403 200 403 404 404 403 403 404", "403 422 403 404 404 403 403 404", lambda w: [w.corrective.pk]),
    Row("corrective-verify", "403 403 403 404 404 200 403 404", "403 403 403 404 404 422 403 404", lambda w: [w.corrective.pk]),
    Row("anomaly-report", "403 200 200 200 200 200 403 200", "403 422 422 422 422 422 403 422"),
    Row("anomaly", "200 200 200 404 404 404 200 200", "405", lambda w: [w.anomaly.pk]),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """An open review and one that is done, with a follow-up that Hana sees to; an anomaly; a declared change."""
    world.reviewed = small.reviewed(world, world.roles.held, verdict="change", owner=world.people.holder)
    world.follow_up = FollowUp.objects.get(review=world.reviewed)
    world.review = small.opened(world.roles.held, world.people.ism, kind="on_change")
    for person in (world.people.holder, world.people.deputy):
        Stakeholder.objects.create(review=world.review, person=person)
        Stakeholder.objects.get_or_create(review=world.reviewed, person=person)
    world.anomaly = changes.report_anomaly(actor=world.colleague, what="Nobody answered.", happened_on=clock.today())
    world.declared = changes.declare_change(
        actor=world.top, kind="acquisition", day=clock.today(), what="A laboratory joins us.", areas=[world.home]
    )
    world.role_audit = audits.plan_audit(
        actor=world.ism,
        title="Audit of roles",
        starts_on=clock.today(),
        ends_on=clock.today(),
        auditor=world.people.deputy,
        seed=7,
    )
    world.audit_question = world.role_audit.questions.first()
    found = {"result": "minor", "seen": "One role has no letter.", "action": "Write it.", "owner": world.people.ism}
    audits.answer_question(world.audit_question, actor=world.deputy, due_on=clock.today(), **found)
    world.corrective = Corrective.objects.get()
