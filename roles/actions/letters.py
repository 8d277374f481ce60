"""Appointment letters: written at the approval, rendered once, accepted or declined by the person (A4; design rules 2, 9, 14)."""

import hashlib
import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import attachments, clock, events, history, outbox, scope
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, Refusal, Stale, WrongState
from ismsroles.records.actions import keep
from roles import policy, terms
from roles.actions import delegations
from roles.actions.telling_letters import tell_declined
from roles.letters import content, texts
from roles.models import Assignment, Letter, LetterText
from roles.queries.register import last_day_of
from roles.states import ASSIGNMENT, LETTER

log = logging.getLogger(__name__)


def issue(assignment: Assignment, *, actor) -> Letter:
    """Freeze the letter of an assignment just approved, in the transaction of the approval; a worker makes the PDF."""
    letter = Letter(
        assignment=assignment,
        person=assignment.person,
        snapshot=keep(content.build(assignment), "application/json"),
        issued_at=clock.now(),
    )
    history.save(letter, actor=actor)
    outbox.post("roles.letter", {"letter": letter.pk}, key=f"letter:{letter.pk}")
    return letter


@transaction.atomic
def ask_for_letter(assignment: Assignment, *, actor) -> Letter:
    """A letter for an assignment that was approved before letters were written here."""
    assignment = _locked(assignment.pk)
    require(actor, "roles.letter.ask", assignment)
    if assignment.state != "approved" or Letter.objects.filter(assignment=assignment).exists():
        raise WrongState(_("There is a letter already, or nothing is approved. Nothing was done."))
    letter = issue(assignment, actor=actor)
    _record("letter.asked", letter, actor)
    return letter


@outbox.handler("roles.letter")
def _letter_message(payload: dict) -> None:
    render_letter(payload["letter"])


def render_letter(letter_id: int) -> None:
    """Render the PDF once and keep it under its SHA-256. Runs outside a transaction; a second run finds it done."""
    letter = Letter.objects.select_related("snapshot").get(pk=letter_id)
    if letter.pdf_id is not None:
        return
    pdf = _rendered(letter)
    with transaction.atomic():
        letter = _locked_letter(letter)
        if letter.pdf_id is None:
            letter.pdf, letter.fault = keep(pdf, "application/pdf"), ""
            history.save(letter, actor=None)
            _record("letter.written", letter, None, sha256=letter.pdf_id)


def _rendered(letter: Letter) -> bytes:
    from roles.letters import paper  # the PDF engine is loaded by whoever renders, not by every process

    try:
        return paper.render(bytes(letter.snapshot.content))
    except Exception as error:
        log.exception("letter %s was not made", letter.pk)
        with transaction.atomic():
            letter = _locked_letter(letter)
            letter.fault = error.message if isinstance(error, Refusal) else type(error).__name__
            history.save(letter, actor=None)
        raise


@transaction.atomic
def accept_letter(letter: Letter, *, actor, seen_sha256: str, reason: str = "") -> Letter:
    """The person accepts exactly the letter that they were shown."""
    letter = _answerable(letter, actor, "accept", seen_sha256)
    _answer(letter, actor, way="browser", seen_sha256=seen_sha256, reason=reason)
    _record("letter.accepted", letter, actor, reason=reason, sha256=seen_sha256)
    return letter


@transaction.atomic
def decline_letter(letter: Letter, *, actor, seen_sha256: str, reason: str) -> Letter:
    """The person declines with a reason: from now on they do not hold the role, and the ISM is told (decision 11)."""
    letter = _answerable(letter, actor, "decline", seen_sha256)
    if not reason.strip():
        raise Invalid(_("Say why: the information security manager reads it."), "reason")
    _answer(letter, actor, way="browser", seen_sha256=seen_sha256, reason=reason)
    _record("letter.declined", letter, actor, reason=reason, sha256=seen_sha256)
    _stop(letter.assignment, actor, reason)
    tell_declined(letter)
    return letter


@transaction.atomic
def record_acceptance(
    letter: Letter, *, actor, signed_on: date, reference: str = "", file=None, reason: str = ""
) -> Letter:
    """The person accepted on paper: a signed contract or another formal assignment, named or attached (A4)."""
    letter = _locked_letter(letter)
    state = _next(letter, "record")
    require(actor, "roles.letter.record", letter)
    if signed_on > clock.today():
        raise Invalid(_("It cannot have been signed in the future."), "signed_on")
    file = attachments.checked(file)
    if not reference.strip() and not file:
        raise Invalid(_("Attach the paper, or write where it can be found."), "reference")
    letter.state, letter.signed_on, letter.reference, letter.file = state, signed_on, reference, file
    letter.file_sha256 = _digest(file)
    _answer(letter, actor, way="paper", seen_sha256=letter.pdf_id or "", reason=reason)
    words = {"signed_on": signed_on.isoformat(), "reference": reference, "file_sha256": letter.file_sha256}
    _record("letter.acceptance_recorded", letter, actor, reason=reason, **words)
    return letter


def _answerable(letter: Letter, actor, verb: str, seen_sha256: str) -> Letter:
    """The letter, moved to its next state, if this person may answer it now and was shown this very one (rule 2)."""
    letter = _locked_letter(letter)
    state = _next(letter, verb)
    require(actor, "roles.letter.answer", letter)
    if not letter.pdf_id:
        raise WrongState(_("The letter is not made yet. Read it first; it comes by itself."))
    if seen_sha256 != letter.pdf_id:
        raise Stale(_("This is not the letter that you were shown. Open it again and read it."))
    letter.state = state
    return letter


def _next(letter: Letter, verb: str) -> str:
    state = LETTER.move(letter.state, verb)
    last = last_day_of(letter.assignment)
    if letter.assignment.state != "approved" or (last is not None and last < clock.today()):
        raise WrongState(_("This assignment is over, so there is nothing left to answer."))
    return state


def _answer(letter: Letter, actor, **answer: str) -> None:
    letter.answered_at, letter.answered_by = clock.now(), actor
    letter.answered_by_person = policy.standing(actor).person
    for name, value in answer.items():
        setattr(letter, name, value)
    history.save(letter, actor=actor, reason=letter.reason)


def _stop(assignment: Assignment, actor, reason: str) -> None:
    """What had begun ends with yesterday; what had not begun never comes into force. Whoever held it before does not come back."""
    assignment = _locked(assignment.pk)
    yesterday = terms.day_before(clock.today())
    words = {"person": assignment.person, "role": assignment.role, "seat": assignment.get_seat_display()}
    assignment.ended_by, assignment.end_reason = actor, reason
    if assignment.starts_on <= yesterday:
        assignment.ends_on, assignment.cut_by_leaving, assignment.approved_end = yesterday, False, None
        history.save(assignment, actor=actor, reason=reason)
        words["ends_on"] = yesterday.isoformat()
        events.record("assignment.ended", actor=actor, subject=assignment, reason=reason, **words)
        delegations.follow_assignments([assignment], actor=actor, reason=reason)
    else:
        assignment.state = ASSIGNMENT.move(assignment.state, "decline")
        history.save(assignment, actor=actor, reason=reason)
        events.record("assignment.declined", actor=actor, subject=assignment, reason=reason, **words)


# The words -------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_text(kind: str, *, actor, title: str, body: str, seen: str = "") -> LetterText:
    """Give a kind of letter other words; letters written until now stay as they are."""
    require(actor, "roles.letter_text.keep")
    row = LetterText.objects.select_for_update().filter(kind=kind).first() or LetterText(kind=kind)
    _refuse_if_reworded(row, seen)
    words = texts.Words(title, body.replace("\r\n", "\n"))
    texts.refuse_unfit(words)
    row.title, row.body = words
    history.save(row, actor=actor)
    events.record("letter_text.changed", actor=actor, subject=row)
    return row


@transaction.atomic
def give_up_text(kind: str, *, actor) -> None:
    """Go back to the words that come with the product; the own ones stay in the history."""
    require(actor, "roles.letter_text.keep")
    row = LetterText.objects.select_for_update().filter(kind=kind).first()
    if row is None:
        raise WrongState(_("This letter has the words that come with the product already."))
    events.record("letter_text.given_up", actor=actor, subject=row)
    history.delete(row, actor=actor)


def _refuse_if_reworded(row: LetterText, seen: str) -> None:
    """`seen` is the fingerprint of the words that the form began with (security case 29)."""
    if seen and seen != texts.print_of(row.kind):
        raise Stale(_("Somebody else changed this text while you were writing. Nothing was saved; read theirs first."))


# Around ---------------------------------------------------------------------------------------------------------------------


def _locked(pk: int) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",))
    found = rows.select_related(
        "role", "role__reports_to", "person", "area", "proposed_by", "decided_by", "decided_by_person"
    )
    return found.get(pk=pk)


def _locked_letter(letter: Letter) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",))
    found = rows.select_related("assignment__role", "assignment__person", "person__user").get(pk=letter.pk)
    scope.forget()  # the lock may have been waited for: who may answer is asked anew
    return found


def _record(code: str, letter: Letter, actor, *, reason: str = "", **more: str) -> None:
    """Told of the assignment, so that it stands in its history."""
    about = letter.assignment
    words = {"person": about.person, "role": about.role, "seat": about.get_seat_display()}
    events.record(code, actor=actor, subject=about, reason=reason, **words, **more)


def _digest(file) -> str:
    """The fingerprint of the paper: another file under the same name is noticed."""
    if not file:
        return ""
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    return digest.hexdigest()
