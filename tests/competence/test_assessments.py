"""Assessing: by somebody else, or marked as one's own view; written once; a correction is a new row (C2)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from competence.actions.assessments import assess, correct_assessment
from competence.models import Assessment
from competence.queries.picture import gaps
from ismsroles.core import clock
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from tests.competence import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill(cast):
    made = world.skill("Incident response")
    world.need(cast.roles.held, made, 3)
    return made


def record(cast, actor, skill, level=3, person=None, **more):
    given = {"assessed_on": clock.today(), **more}
    return assess(person or cast.people.holder, actor=actor, skill=skill, level=level, **given)


def missing(cast, day=None):
    return {(one.person, one.state) for one in gaps(day or clock.today())}


def test_holder_and_deputy_have_a_gap_until_somebody_assesses_them(cast, skill):
    assert missing(cast) == {(cast.people.holder.pk, "unknown"), (cast.people.deputy.pk, "unknown")}
    record(cast, cast.representative, skill)
    assert missing(cast) == {(cast.people.deputy.pk, "unknown")}


def test_ones_own_view_is_marked_and_closes_no_must(cast, skill):
    row = record(cast, cast.holder, skill, 4)
    assert row.is_self and (cast.people.holder.pk, "own") in missing(cast)


@pytest.mark.parametrize("who", ["top", "administrator", "auditor", "colleague", "deputy"])
def test_nobody_else_assesses(cast, skill, who):
    with pytest.raises(NotAllowed):
        record(cast, getattr(cast, who), skill)
    assert not Assessment.objects.exists()


def test_a_second_login_of_the_person_is_the_person(cast, skill):
    """Judged per person: the link of the login may change, the human does not."""
    row = record(cast, cast.ism, skill, person=cast.people.ism)
    assert row.is_self and row.assessor_person == cast.people.ism


def test_the_database_refuses_an_unmarked_self_assessment(cast, skill):
    with pytest.raises(DatabaseError), transaction.atomic():
        world.shows(cast.people.holder, skill, 4, assessor_person=cast.people.holder)


@pytest.mark.parametrize("change", [{"level": 4}, {"valid_until": None}, {"note": "x"}])
def test_an_assessment_is_never_changed_or_deleted(cast, skill, change):
    row = world.shows(cast.people.holder, skill, 3, valid_until=clock.today())
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.filter(pk=row.pk).delete()


def test_a_correction_is_a_new_row_and_the_wrong_one_stays(cast, skill):
    wrong = record(cast, cast.ism, skill, 4)
    right = correct_assessment(wrong, actor=cast.ism, why_corrected="Mixed up.", level=2, assessed_on=clock.today())
    assert right.corrects == wrong and Assessment.objects.count() == 2
    assert (cast.people.holder.pk, "low") in missing(cast)


def test_what_was_corrected_is_not_corrected_twice(cast, skill):
    wrong = record(cast, cast.ism, skill, 4)
    given = {"actor": cast.ism, "why_corrected": "Mixed up.", "assessed_on": clock.today()}
    correct_assessment(wrong, level=2, **given)
    with pytest.raises(WrongState):
        correct_assessment(wrong, level=4, **given)


def test_nobody_corrects_what_somebody_else_saw_of_them(cast, skill):
    wrong = record(cast, cast.ism, skill, 1)
    with pytest.raises(Invalid):
        correct_assessment(wrong, actor=cast.holder, why_corrected="No.", level=4, assessed_on=clock.today())


def test_on_the_last_valid_day_it_counts_and_on_the_next_it_has_expired(cast, skill):
    day = clock.today()
    world.shows(cast.people.holder, skill, 3, valid_until=day)
    world.shows(cast.people.deputy, skill, 3)
    assert missing(cast) == set()
    assert missing(cast, day + timedelta(days=1)) == {(cast.people.holder.pk, "expired")}


def test_gaps_of_a_past_day_are_what_was_missing_then(cast, skill):
    world.shows(cast.people.holder, skill, 3, assessed_on=clock.today() - timedelta(days=10))
    world.shows(cast.people.deputy, skill, 3)
    assert missing(cast, clock.today() - timedelta(days=11)) == {(cast.people.holder.pk, "unknown")}


def test_gaps_of_everybody_take_three_queries(cast, skill, django_assert_num_queries):
    day = clock.today()
    with django_assert_num_queries(3):
        gaps(day)


def upload(content: bytes, name: str):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_a_file_is_what_its_bytes_say_and_its_name_is_cleaned(cast, skill, as_user):
    row = record(cast, cast.ism, skill, file=upload(b"%PDF-1.7\n%...", "../../etc/<b>Zertifikat Ä.exe"))
    assert row.file.name == "-b-Zertifikat Ä.pdf"[1:] or row.file.name.endswith("Zertifikat Ä.pdf")
    assert "etc" not in row.file.file.name and row.file.file.name.startswith("competence/")
    answer = as_user("holder").get(f"/competence/files/{row.file.pk}/")
    assert answer["Content-Disposition"].startswith("attachment") and b"".join(answer.streaming_content)[:4] == b"%PDF"


@pytest.mark.parametrize(
    "content",
    [
        b"<script>alert(1)</script>",
        b"MZ\x90\x00",
        b"PK\x03\x04broken",
        b"\x89PNG\r\n\x1a\n<svg onload=1>",
        b"GIF89a",
        b"\x7fELF",
    ],
)
def test_what_a_browser_might_run_is_refused_whatever_it_is_called(cast, skill, content):
    with pytest.raises(Invalid):
        record(cast, cast.ism, skill, file=upload(content, "certificate.pdf"))
    assert not Assessment.objects.exists()


def test_a_file_beyond_ten_megabytes_is_refused(cast, skill):
    with pytest.raises(Invalid):
        record(cast, cast.ism, skill, file=upload(b"%PDF-" + b"x" * (10 << 20), "big.pdf"))
