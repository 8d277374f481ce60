"""Appointment letters: what they say, who answers them, and what an answer does (coverage A4; design rules 2, 4, 9)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from ismsroles.core import clock, findings, outbox
from ismsroles.core.errors import Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.models import AuditEvent
from ismsroles.core.shown import fingerprint, seal
from roles import policy
from roles.actions import assignments, letters
from roles.models import Assignment, Letter
from roles.queries import letters as queries
from roles.queries.held import held_roles
from roles.shown import shown
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def appoint(cast, starts_on=None, **values) -> Letter:
    """Cole is approved as continuity manager; the letter lies before him."""
    values = {"role": cast.roles.vacant, "person": cast.people.colleague, "reason": "Fits.", **values}
    made = assignments.propose_assignment(actor=cast.ism, starts_on=starts_on or clock.today() - 3 * DAY, **values)
    seen = fingerprint(shown(Assignment.objects.get(pk=made.pk)))
    assignments.approve_assignment(made, actor=cast.top, seen_hash=seen)
    return Letter.objects.get(assignment=made)


def made_of(letter: Letter) -> Letter:
    """With bytes in the place of the PDF: what is in them matters in one test only."""
    letter.pdf = letters.keep(b"%PDF-1.7 a letter", "application/pdf")
    letter.save()
    return letter


@pytest.fixture
def letter(cast) -> Letter:
    return made_of(appoint(cast))


def accept(letter, actor, **values) -> Letter:
    return letters.accept_letter(letter, actor=actor, seen_sha256=values.get("seen", letter.pdf_id))


def decline(letter, actor, reason="No time for it") -> Letter:
    return letters.decline_letter(letter, actor=actor, seen_sha256=letter.pdf_id, reason=reason)


# The letter ---------------------------------------------------------------------------------------------------------------


def test_the_approval_freezes_what_was_approved_into_a_letter(cast):
    said = queries.written(appoint(cast))
    about, words = said["assignment"], " ".join(block.get("text", "") for block in said["blocks"])
    assert (about["person"], about["decided_by"], about["decided_as"]) == (
        "Cole Colleague",
        "Tora Top",
        "Chief executive",
    )
    assert about["approved_sha256"] == Assignment.objects.get(pk=about["id"]).seen_hash
    assert "Continuity manager" in said["title"] and "until further notice" in words
    assert said["responsibilities"][0]["text"].startswith("Check thing 0")


def test_the_letter_becomes_one_pdf_that_carries_its_content(cast):
    letter = appoint(cast)
    letters.render_letter(letter.pk)
    first = Letter.objects.get(pk=letter.pk).pdf
    letters.render_letter(letter.pk)
    pdf = bytes(first.content)
    assert pdf.startswith(b"%PDF-") and b"pdfuaid" in pdf
    assert Letter.objects.get(pk=letter.pk).pdf_id == first.pk
    assert AuditEvent.objects.filter(code="letter.written").count() == 1


def test_a_letter_stays_as_it_was_when_role_and_words_change(cast, letter):
    before = bytes(letter.snapshot.content)
    letters.change_text("primary", actor=cast.ism, title="Other", body="{person} {role}\n\n{responsibilities}")
    letters.render_letter(letter.pk)
    assert bytes(Letter.objects.get(pk=letter.pk).snapshot.content) == before


def test_a_letter_that_no_font_can_print_says_so_as_a_finding(cast):
    letter = appoint(cast, person=factories.person("Ma\U00012000y"))
    with pytest.raises(Invalid):
        letters.render_letter(letter.pk)
    assert [found.rule for found in findings.current() if found.rule == "A4.letter"] == ["A4.letter"]


def test_an_assignment_approved_before_letters_gets_one_when_asked(cast):
    letter = letters.ask_for_letter(cast.held.holder, actor=cast.ism)
    with pytest.raises(WrongState):
        letters.ask_for_letter(cast.held.holder, actor=cast.ism)
    assert letter.person == cast.people.holder


# The answer ------------------------------------------------------------------------------------------------------------------


def test_the_person_accepts_the_letter_that_was_shown(cast, letter):
    done = accept(letter, cast.colleague)
    assert (done.state, done.seen_sha256, done.answered_by_person) == ("accepted", letter.pdf_id, cast.people.colleague)
    assert AuditEvent.objects.first().sentence.startswith("Cole Colleague accepted the appointment as holder")


@pytest.mark.parametrize("actor", ["ism", "top", "administrator", "representative", "auditor", "holder"])
def test_nobody_answers_for_somebody_else(cast, letter, actor):
    for answer in (accept, decline):
        with pytest.raises(NotAllowed):
            answer(letter, getattr(cast, actor))


def test_another_letter_than_the_one_shown_is_not_answered(cast, letter):
    with pytest.raises(Stale):
        accept(letter, cast.colleague, seen="0" * 64)


def test_nothing_is_answered_before_there_is_a_letter_to_read(cast):
    with pytest.raises(WrongState):
        letters.accept_letter(appoint(cast), actor=cast.colleague, seen_sha256="")


def test_declining_needs_a_reason(cast, letter):
    with pytest.raises(Invalid):
        decline(letter, cast.colleague, reason="  ")
    assert Letter.objects.get(pk=letter.pk).state == "appointed"


def test_who_declines_does_not_hold_the_role_from_then_on_but_did_until_then(cast, letter):
    decline(letter, cast.colleague)
    today, held = clock.today(), Assignment.objects.filter(pk=letter.assignment_id)
    assert [held.current(day).exists() for day in (today - 2 * DAY, today - DAY, today, today + DAY)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("begins", [0, 20])
def test_who_declines_on_or_before_the_first_day_never_held_it(cast, begins):
    letter = made_of(appoint(cast, clock.today() + begins * DAY))
    decline(letter, cast.colleague)
    made = Assignment.objects.get(pk=letter.assignment_id)
    assert made.state == "declined" and not Assignment.objects.current(made.starts_on).filter(pk=made.pk).exists()


def test_who_declines_loses_what_the_role_opened_at_once(cast):
    second = factories.role("Second approver", persona="top_management")
    letter = made_of(appoint(cast, role=second))
    before = policy.standing(cast.colleague).is_top_management
    decline(letter, cast.colleague)
    assert (before, policy.standing(cast.colleague).is_top_management) == (True, False)


def test_a_declined_seat_is_free_for_somebody_else(cast, letter):
    decline(letter, cast.colleague)
    follower = appoint(cast, clock.today(), person=cast.people.holder)
    held = next(held for held in held_roles() if held.role == cast.roles.vacant)
    assert [seat.person for seat in held.holders] == [follower.person]


def test_a_declined_appointment_goes_back_to_the_ism_by_mail_and_as_a_finding(cast, letter):
    decline(letter, cast.colleague)
    outbox.deliver_due()
    told = [one for one in mail.outbox if "Declined" in one.subject]
    assert sorted(one.to[0] for one in told) == sorted([cast.ism.email, cast.top.email])
    assert all("No time for it" in one.body for one in told)
    assert [f.detail for f in findings.current() if f.rule == "A4.declined"] == ["“No time for it”"]


def test_the_finding_of_a_declined_appointment_ends_with_the_next_proposal(cast, letter):
    decline(letter, cast.colleague)
    assignments.propose_assignment(
        role=cast.roles.vacant, person=cast.people.holder, actor=cast.ism, starts_on=clock.today(), reason="x"
    )
    assert not [f for f in findings.current() if f.rule == "A4.declined"]


@pytest.mark.parametrize(("days", "found"), [(14, False), (15, True)])
def test_not_accepted_within_14_days_is_a_finding(cast, letter, days, found):
    with clock.at(clock.now() + days * DAY):
        assert any(f.rule == "A4" for f in findings.current()) is found


def test_what_is_over_waits_for_no_answer(cast, letter):
    assignments.end_assignment(letter.assignment, actor=cast.ism, last_day=clock.today() - DAY, reason="Over")
    assert queries.to_answer(cast.people.colleague, clock.today()) == []
    with pytest.raises(WrongState):
        accept(letter, cast.colleague)


# On paper ---------------------------------------------------------------------------------------------------------------------


def record(letter, actor, **values) -> Letter:
    return letters.record_acceptance(
        letter, actor=actor, **{"signed_on": clock.today(), "reference": "Contract 7", **values}
    )


def test_for_who_cannot_sign_in_the_ism_records_what_was_signed(cast):
    letter = appoint(cast, person=cast.people.outsider)
    done = record(letter, cast.ism, file=SimpleUploadedFile("contract.pdf", b"%PDF-1.7 contract"))
    assert (done.state, done.way, len(done.file_sha256)) == ("accepted", "paper", 64)
    assert done.file.name.startswith("letters/") and "contract" not in done.file.name
    assert "recorded that Otto Outsider accepted" in AuditEvent.objects.first().sentence


def test_nobody_records_a_paper_of_their_own(cast):
    letter = letters.ask_for_letter(cast.held.ism, actor=cast.ism)
    with pytest.raises(NotAllowed):
        record(letter, cast.ism)


@pytest.mark.parametrize("wrong", [{"reference": " "}, {"signed_on": clock.now().date() + 2 * DAY}])
def test_a_paper_is_named_or_attached_and_not_from_the_future(cast, letter, wrong):
    with pytest.raises(Invalid):
        record(letter, cast.ism, **wrong)


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.exe", b"MZ"), ("x.pdf", b"MZ\x90"), ("x.png", b"<svg>"), ("x.txt", b"<html>"), ("x.html", b"x")],
)
def test_a_paper_is_what_its_name_says(cast, as_user, letter, name, content):
    answers = {"signed_on": clock.today().isoformat(), "file": SimpleUploadedFile(name, content)}
    assert as_user("ism").post(f"/letters/{letter.pk}/record/", answers).status_code == 422
    assert Letter.objects.get(pk=letter.pk).state == "appointed"


# The database ------------------------------------------------------------------------------------------------------------------


WRONG = [
    "state = 'declined'",
    "state = 'accepted'",
    "snapshot_id = pdf_id",
    "pdf_id = snapshot_id",
    "reason = 'I never said that'",
    "state = 'accepted', way = 'browser', seen_sha256 = pdf_id, answered_at = issued_at, answered_by_id = {ism}, "
    "answered_by_person_id = {ism_person}",
    "state = 'accepted', way = 'paper', reference = 'x', signed_on = '2026-01-01', answered_at = issued_at, "
    "answered_by_id = {ism}, answered_by_person_id = person_id",
]


@pytest.mark.parametrize("change", WRONG)
def test_the_database_lets_no_statement_answer_or_rewrite_a_letter(cast, letter, change):
    sql = change.format(ism=cast.ism.pk, ism_person=cast.people.ism.pk)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE roles_letter SET {sql} WHERE id = %s", [letter.pk])


def test_an_answer_is_never_changed_and_a_letter_never_deleted(cast, letter):
    accept(letter, cast.colleague)
    for sql in ("UPDATE roles_letter SET reason = 'other' WHERE id = %s", "DELETE FROM roles_letter WHERE id = %s"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [letter.pk])


# Pages ---------------------------------------------------------------------------------------------------------------------


def answer(browser, letter, user, **answers):
    token = seal({"letter": letter.pdf_id}, user_id=user.pk, subject=f"letter:{letter.pk}")
    return browser.post(f"/letters/{letter.pk}/", {"shown": token, **answers})


def test_the_letter_is_the_first_thing_on_my_responsibilities(cast, as_user, letter):
    page = as_user("colleague").get("/mine/").content.decode()
    assert f'href="{letter.get_absolute_url()}"' in page and "accept or decline" in page


def test_reading_a_letter_answers_nothing_and_the_button_does(cast, as_user, letter):
    browser = as_user("colleague")
    browser.get(letter.get_absolute_url())
    assert Letter.objects.get(pk=letter.pk).state == "appointed"
    assert answer(browser, letter, cast.colleague, decision="accept").status_code == 302
    assert Letter.objects.get(pk=letter.pk).state == "accepted"


def test_declining_without_a_reason_says_so_on_the_page(cast, as_user, letter):
    response = answer(as_user("colleague"), letter, cast.colleague, decision="decline")
    assert response.status_code == 422 and "Say why" in response.content.decode()


def test_an_answer_that_was_shown_to_somebody_else_is_refused(cast, as_user, letter):
    token = seal({"letter": letter.pdf_id}, user_id=cast.ism.pk, subject=f"letter:{letter.pk}")
    response = as_user("colleague").post(f"/letters/{letter.pk}/", {"shown": token, "decision": "accept"})
    assert response.status_code == 409 and Letter.objects.get(pk=letter.pk).state == "appointed"


def test_a_form_sets_nothing_but_the_answer(cast, as_user, letter):
    answer(
        as_user("colleague"),
        letter,
        cast.colleague,
        decision="accept",
        person=cast.people.ism.pk,
        way="paper",
        reference="x",
    )
    done = Letter.objects.get(pk=letter.pk)
    assert (done.person, done.way, done.reference) == (cast.people.colleague, "browser", "")


def test_the_pdf_is_served_as_it_was_made(cast, as_user, letter):
    response = as_user("colleague").get(f"/letters/{letter.pk}/letter.pdf")
    assert response.content == b"%PDF-1.7 a letter" and response["Content-Type"] == "application/pdf"


def test_the_list_asks_as_many_questions_for_fifty_letters_as_for_one(cast, as_user, django_assert_max_num_queries):
    browser = as_user("ism")
    letters.ask_for_letter(cast.held.holder, actor=cast.ism)
    browser.get("/letters/")

    def asked() -> int:
        with django_assert_max_num_queries(80) as found:
            assert browser.get("/letters/?show=all").status_code == 200
        return len(found)

    one = asked()
    for number in range(20):
        held = factories.hold(factories.role(), factories.person(f"Holder {number}"), approver=cast.top)
        letters.issue(held, actor=cast.top)
    assert asked() == one
