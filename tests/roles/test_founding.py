"""The founding appointment: once, by somebody else, by decision of the board (design rule 1)."""

import hashlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ismsroles.core import clock
from ismsroles.core.errors import Invalid, NotAllowed
from ismsroles.core.models import AuditEvent, Invitation
from ismsroles.core.shown import fingerprint
from roles.actions import assignments as actions
from roles.actions.assignments import record_founding
from roles.models import Assignment
from roles.shown import shown
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(organisation):
    """An administrator, a role that approves, and somebody for it; no approver yet."""
    return SimpleNamespace(
        administrator=factories.user("Ada Administrator", administrator=True),
        role=factories.role("Chief executive", persona="top_management"),
        person=factories.person("Ingrid First"),
    )


def record(world, **changed) -> Assignment:
    values = {
        "role": world.role, "person": world.person, "actor": world.administrator, "board_date": clock.today(), "reference": "Minutes 4",
    }  # fmt: skip
    return record_founding(**{**values, **changed})


def test_the_founding_names_the_boards_decision_and_who_recorded_it(world):
    made = record(world)
    assert (made.state, made.is_founding, made.proposed_by) == ("approved", True, world.administrator)
    assert (
        "by decision of" in AuditEvent.objects.first().sentence and "Minutes 4" in AuditEvent.objects.first().sentence
    )


def test_the_founding_is_recorded_once_only(world):
    record(world)
    with pytest.raises(NotAllowed):
        record(world, person=factories.person())


def test_it_stays_recorded_once_when_the_first_approver_has_gone(world):
    made = record(world, starts_on=clock.today() - timedelta(days=9), board_date=clock.today() - timedelta(days=9))
    actions.end_assignment(made, actor=world.administrator, last_day=clock.today() - timedelta(days=1), reason="Gone")
    with pytest.raises(NotAllowed):
        record(world, person=factories.person())


def test_it_stays_recorded_once_when_the_role_no_longer_approves(world):
    record(world)
    type(world.role).objects.filter(pk=world.role.pk).update(persona="")
    with pytest.raises(NotAllowed):
        record(world, role=factories.role(persona="top_management"), person=factories.person())


def test_nobody_records_their_own_founding(world):
    own = factories.person("Ada Administrator", email="private@testhouse.example")
    type(own).objects.filter(pk=own.pk).update(user=world.administrator)
    own.refresh_from_db()
    with pytest.raises(NotAllowed, match="your own"):
        record(world, person=own)


def test_nobody_records_their_own_founding_by_address_either(world):
    own = factories.person("A. Administrator", email=world.administrator.email.upper())
    with pytest.raises(NotAllowed, match="your own"):
        record(world, person=own)


def test_nobody_records_their_own_founding_through_a_login_they_had(world):
    own = factories.person("Ada Before", email="private@testhouse.example")
    for login in (world.administrator, factories.user("Ada After")):
        own.user = login
        own.save()
    with pytest.raises(NotAllowed, match="your own"):
        record(world, person=own)


def test_only_the_administrator_records_it(world):
    with pytest.raises(NotAllowed):
        record(world, actor=factories.user("Somebody"))


def test_it_is_for_a_role_that_approves(world):
    with pytest.raises(Invalid, match="role in force that approves"):
        record(world, role=factories.role())


def test_a_decision_of_tomorrow_is_no_decision(world):
    with pytest.raises(Invalid, match="future"):
        record(world, board_date=clock.today() + timedelta(days=1))


def test_the_reference_is_needed(world):
    with pytest.raises(Invalid):
        record(world, reference="")


def test_who_has_left_cannot_be_the_first_approver(world):
    with pytest.raises(Invalid, match="not with the organisation"):
        record(world, person=factories.person(last_day=clock.today() - timedelta(days=1)))


def test_the_log_keeps_the_fingerprint_of_the_file(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    record(world, file=SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes"))
    assert AuditEvent.objects.first().params["file_sha256"] == hashlib.sha256(b"%PDF-1.7 minutes").hexdigest()


# The page -----------------------------------------------------------------------------------------------------------


def post(client, world, **changed):
    answers = {
        "role": world.role.pk, "person": world.person.email, "board_date": clock.today().isoformat(), "reference": "Minutes 4", **changed,
    }  # fmt: skip
    return client.post("/founding/", answers)


@pytest.fixture
def browser(world, client):
    client.force_login(world.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_records_it_and_invites_the_approver(world, browser):
    answer = post(browser, world)
    made = Assignment.objects.get(is_founding=True)
    assert answer.url == made.get_absolute_url() and Invitation.objects.get().user.email == world.person.email


def test_the_page_is_gone_once_it_is_recorded(world, browser):
    record(world)
    assert browser.get("/founding/").status_code == post(browser, world).status_code == 404


def test_fields_that_the_page_does_not_have_change_nothing(world, browser):
    everything = {field.attname: "1" for field in Assignment._meta.concrete_fields}
    post(browser, world, **{**everything, "role": world.role.pk, "reference": "Minutes 4"})
    assert not Assignment.objects.exclude(is_founding=True, seat="primary", decided_by=None).exists()


def test_who_checks_can_download_the_decision_and_staff_cannot(world, browser, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = record(world, file=SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes"))
    path = f"/assignments/{made.pk}/founding-file/"
    answer = browser.get(path)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 minutes" and "attachment" in answer["Content-Disposition"]
    browser.force_login(
        factories.person(login=True).user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert browser.get(path).status_code == 404


def test_an_approver_who_had_a_login_before_is_told_of_like_a_new_login(cast):
    second = factories.role("Chief operating officer", persona="top_management")
    made = actions.propose_assignment(
        role=second, person=cast.people.colleague, actor=cast.ism, starts_on=clock.today(), reason="Second approver"
    )
    actions.approve_assignment(made, actor=cast.top, seen_hash=fingerprint(shown(made)))
    event = AuditEvent.objects.get(code="approver.login_counts")
    assert event.sentence.endswith("decides from now on, as Chief operating officer.")
