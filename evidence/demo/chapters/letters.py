"""Appointment letters in the demo organisation (A4): most were signed on paper, two accepted here, one declined, two still open."""

from collections.abc import Iterator

from evidence.demo.step import Step
from ismsroles.core import clock
from ismsroles.core.shown import fingerprint
from roles.actions import assignments, letters
from roles.models import Assignment, Letter
from roles.shown import shown

# Accepted by the person here; the information security manager too, who records no paper of her own.
IN_THE_REGISTER = ("secure_development",)
NEVER_ANSWERED = ("secure_development_deputy",)
AFTER = 2  # days after the approval


def steps(story) -> Iterator[Step]:
    """Each approval has its letter by itself; these are the answers."""
    for told in story.company.assignments.values():
        if told.decision != "approved" or told.key in NEVER_ANSWERED:
            continue
        answered = max(told.proposed, told.decided) + AFTER
        if answered <= 0:
            yield Step(answered, 9, lambda told=told: _answer(story, told.key))
    yield Step(-9, 5, lambda: _appoint(story, "sunniva", "vulnerability_coordinator", "deputy", "declines"))
    yield Step(-7, 9, lambda: _decline(story, "declines"))
    yield Step(-3, 5, lambda: _appoint(story, "kwabena", "data_owner", "primary", "is_asked"))


def _answer(story, key: str) -> None:
    letter = Letter.objects.get(assignment=story.assignments[key])
    if key in IN_THE_REGISTER or letter.person.user == story.ism():
        letters.render_letter(letter.pk)
        seen = Letter.objects.get(pk=letter.pk).pdf_id
        letters.accept_letter(letter, actor=letter.person.user, seen_sha256=seen)
    else:
        letters.record_acceptance(
            letter, actor=story.ism(), signed_on=clock.today(), reference="Signed copy, personnel file"
        )


def _appoint(story, person: str, role: str, seat: str, key: str) -> None:
    """Proposed by the information security manager and approved on the same day."""
    made = assignments.propose_assignment(
        role=story.roles[role], person=story.people[person], actor=story.ism(), seat=seat,
        starts_on=clock.today(),
        area=story.areas["integrations"] if seat == "primary" else None, reason="Knows the systems, and has asked for more responsibility.",
    )  # fmt: skip
    story.assignments[key] = made
    seen = fingerprint(shown(Assignment.objects.get(pk=made.pk)))
    assignments.approve_assignment(made, actor=story.login("dagfinn"), seen_hash=seen)


def _decline(story, key: str) -> None:
    letter = Letter.objects.get(assignment=story.assignments[key])
    letters.render_letter(letter.pk)
    seen = Letter.objects.get(pk=letter.pk).pdf_id
    letters.decline_letter(
        letter, actor=letter.person.user, seen_sha256=seen,
        reason="I move to another project in January and could not do this well. Please ask somebody from the service desk.",
    )  # fmt: skip
