"""Auditing the documented roles: plan, draw the sample, answer, correct, verify (V5). The auditor is nobody whom it is about."""

from datetime import date
from random import Random
from secrets import randbelow
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from ismsroles.notices.telling import end
from reviews.actions.written import once
from reviews.checklist import POINTS
from reviews.models import AuditQuestion, Corrective, RoleAudit, Sampled
from reviews.states import AUDIT, CORRECTIVE
from reviews.telling_work import about_corrective, tell_corrector
from roles.models import Assignment, Person
from roles.policy import standing

SEEDS = 1_000_000


@transaction.atomic
def plan_audit(*, actor, sample_size: int = 5, seed: int | None = None, **values: Any) -> RoleAudit:
    """Who audits and when; the ten questions of the checklist; people drawn at random, so that it can be drawn again."""
    require(actor, "reviews.audit.plan")
    audit = RoleAudit(planned_by=actor, seed=randbelow(SEEDS) if seed is None else seed, **values)
    _refuse_dependent(audit)
    audit.population = _population(audit)
    history.save(audit, actor=actor)
    for place, point in enumerate(POINTS):
        texts = {"title": str(point.title), "text": str(point.question), "technique": str(point.technique)}
        history.save(AuditQuestion(audit=audit, key=point.key, position=place, **texts), actor=actor)
    held = _held()
    for place, pk in enumerate(drawn(audit.seed, audit.population, sample_size)):
        once(Sampled(audit=audit, person_id=pk, roles=", ".join(held.get(pk, [])), position=place))
    events.record(
        "role_audit.planned",
        actor=actor,
        subject=audit,
        by=audit.by,
        first=audit.starts_on.isoformat(),
        seed=audit.seed,
    )
    return audit


def drawn(seed: int, population: list[int], size: int) -> list[int]:
    """The sample: the same seed and the same people give the same one."""
    return Random(seed).sample(population, min(size, len(population)))  # noqa: S311  (a sample, not a secret)


def _held() -> dict[int, list[str]]:
    """Everybody in a role today, with their roles."""
    rows = Assignment.objects.current(clock.today()).filter(role__state="active").order_by("person_id", "role__title")
    found: dict[int, list[str]] = {}
    for person, title in rows.values_list("person_id", "role__title"):
        found.setdefault(person, []).append(title)
    return found


def _population(audit: RoleAudit) -> list[int]:
    return [pk for pk in sorted(_held()) if pk != audit.auditor_id]


def _refuse_dependent(audit: RoleAudit) -> None:
    """Independence (9.2): not the information security manager, who keeps what is audited; somebody who is here."""
    auditor = audit.auditor if audit.kind == "internal" else None
    if auditor is None:
        return
    if not auditor.is_current(clock.today()):
        raise Invalid(
            _("%(person)s is not with the organisation today. Choose somebody who is.") % {"person": auditor}, "auditor"
        )
    seats = Assignment.objects.current(clock.today()).filter(person=auditor, role__state="active", role__persona="ism")
    if seats.exists():
        sentence = _("%(person)s keeps this register, or stands in for who does. Choose somebody else.")
        raise Invalid(sentence % {"person": auditor}, "auditor")


def _audit(audit: RoleAudit, verb: str, right: str, actor) -> RoleAudit:
    row = RoleAudit.objects.select_for_update(of=("self",)).select_related("auditor").get(pk=audit.pk)
    require(actor, right, row)
    row.state = AUDIT.move(row.state, verb)
    return row


@transaction.atomic
def answer_question(
    question: AuditQuestion, *, actor, result: str, seen: str, action: str = "", cause: str = "", owner: Person | None = None,
    due_on: date | None = None,
) -> AuditQuestion:  # fmt: skip
    """What was found; a nonconformity comes with a corrective action, somebody who sees to it, and a day."""
    audit = _audit(question.audit, "answer", "reviews.audit.answer", actor)
    row = AuditQuestion.objects.select_for_update().get(pk=question.pk)
    row.result, row.seen, row.answered_on = result, seen, clock.today()
    if not result or not seen.strip():
        raise Invalid(_("Say what was seen: which evidence, whom you talked to."), "seen")
    history.save(row, actor=actor)
    history.save(audit, actor=actor)
    if row.is_nonconforming and not row.actions.exists():
        _correct(row, actor, action, cause, owner, due_on)
    events.record(
        "role_audit.answered", actor=actor, subject=audit, question=row.title, result=row.get_result_display()
    )
    if row.is_nonconforming:
        events.record(
            "role_audit.nonconformity", actor=actor, subject=audit, question=row.title, result=row.get_result_display()
        )
    return row


def _correct(question: AuditQuestion, actor, what: str, cause: str, owner: Person | None, due_on: date | None) -> None:
    if not what.strip() or owner is None or due_on is None:
        raise Invalid(_("A nonconformity needs a corrective action, somebody who sees to it, and a day."), "action")
    if due_on < clock.today():
        raise Invalid(_("This day is over. Choose today or a later one."), "due_on")
    if not owner.is_current(clock.today()):
        raise Invalid(
            _("%(person)s is not with the organisation today. Choose somebody who is.") % {"person": owner}, "owner"
        )
    row = history.save(Corrective(question=question, what=what, cause=cause, owner=owner, due_on=due_on), actor=actor)
    events.record("role_audit.action_added", actor=actor, subject=question.audit, what=row.what, owner=owner)
    tell_corrector(row)


@transaction.atomic
def close_audit(audit: RoleAudit, *, actor, conclusion: str) -> RoleAudit:
    """Every question is answered; the conclusion says what it means."""
    row = _audit(audit, "close", "reviews.audit.answer", actor)
    left = row.questions.filter(result="").count()
    if left:
        raise Invalid(_("%(n)d questions have no result yet.") % {"n": left})
    if not conclusion.strip():
        raise Invalid(_("Write the conclusion."), "conclusion")
    row.conclusion, row.closed_on = conclusion, clock.today()
    history.save(row, actor=actor)
    events.record("role_audit.closed", actor=actor, subject=row, reason=conclusion)
    return row


@transaction.atomic
def cancel_audit(audit: RoleAudit, *, actor, reason: str) -> RoleAudit:
    """It will not take place."""
    row = _audit(audit, "cancel", "reviews.audit.plan", actor)
    history.save(row, actor=actor, reason=reason)
    events.record("role_audit.cancelled", actor=actor, subject=row, reason=reason)
    return row


def _action(action: Corrective, verb: str, right: str, actor) -> Corrective:
    rows = Corrective.objects.select_for_update(of=("self",)).select_related("owner", "question__audit__auditor")
    row = rows.get(pk=action.pk)
    require(actor, right, row)
    row.state = CORRECTIVE.move(row.state, verb)
    return row


@transaction.atomic
def finish_action(action: Corrective, *, actor, result: str) -> Corrective:
    """It was done; whether it works is for somebody else to say."""
    row = _action(action, "finish", "reviews.corrective.finish", actor)
    row.result, row.done_on = result, clock.today()
    history.save(row, actor=actor)
    end(about_corrective(row.pk))
    events.record("role_audit.action_done", actor=actor, subject=row.question.audit, what=row.what, result=result)
    return row


@transaction.atomic
def verify_action(action: Corrective, *, actor, works: bool, note: str) -> Corrective:
    """Somebody other than who did it has seen that it works; if it does not, it is open again."""
    row = _action(action, "verify" if works else "reopen", "reviews.corrective.verify", actor)
    if not note.strip():
        raise Invalid(_("Say what shows it."), "note")
    if works:
        row.verified_on, row.verified_by, row.verified_by_person = clock.today(), actor, standing(actor).person
        row.verified_note = note
    history.save(row, actor=actor, reason=note)
    code = "role_audit.action_verified" if works else "role_audit.action_reopened"
    events.record(code, actor=actor, subject=row.question.audit, what=row.what, reason=note)
    return row
