"""Cases of docs/security.md that concern the whole product and not one app: foreign keys, lines of code, numbers in addresses."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse

from roles.models import Assignment, AuthorityServes
from tests.access_walk import patterns
from tests.access_world import furnish, version

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
APPS = ("ismsroles", "roles", "raci", "competence", "reviews", "evidence")
CODE = [file for name in APPS for file in ROOT.glob(f"{name}/**/*.py")]
# Writes past the history: of what has none, and is guarded by triggers or by a condition in the same statement.
WRITES_PAST_THE_HISTORY = {
    "ismsroles/core/history.py",
    "ismsroles/core/events.py",  # the log itself
    "ismsroles/core/outbox.py",  # messages: claimed by guarded updates
    "ismsroles/notices/telling.py",  # messages to people: written once by their key; what they tell of is in the log
    "ismsroles/notices/sending.py",  # that they were mailed
    "ismsroles/notices/digests.py",  # which mail they stand in
    "ismsroles/notices/actions.py",  # that they were read
    "ismsroles/core/backup/restoring.py",  # an empty installation as it was: its history comes with it
    "ismsroles/core/periodic.py",  # when a periodic task last ran
    "ismsroles/core/accounts.py",  # invitations: used once by a guarded update
    "ismsroles/records/actions/rendering.py",  # why a draft could not be made
    "evidence/demo/loading.py",  # the demo sends no mail
    "roles/actions/setup.py",  # the first row of the organisation, whose changes are events
    "ismsroles/core/waiting.py",  # uploaded lists that wait for a day
    "competence/actions/duties.py",  # who stands on a signed list: written once, and an event
    "roles/models/people.py",  # new people in bulk, called by the history; their words follow
    "roles/models/words.py",  # the words people are found by: they follow from the person
    "roles/actions/moves.py",  # that somebody moved: written once, each with its event
    "raci/actions/publishing.py",  # what is published: written once, and an event
    "raci/actions/cells.py",  # the counter of a row's changes; the changes themselves have their history
    "roles/actions/leaving_access.py",  # grants that end with a last day; each end is an event
    "roles/actions/chart.py",  # which areas a restructure touched: written with it, once
    "roles/actions/unanswered.py",  # what was asked and not answered: no name, no history
    "raci/actions/links.py",  # how often a link was used
    "reviews/telling.py",  # who of a review was told, and who takes it over: each an event, or a mail
    "reviews/actions/feeds.py",  # the secret of a calendar link, which is only ever a digest; an event
    "raci/actions/printing.py",  # a printed matrix that somebody asked for before: made anew at any time
    "evidence/actions/packs.py",  # how far a pack is built; that it was asked for and downloaded are events
    "ismsroles/local/first_tables.py",  # which migrations an empty file begins with
    "reviews/actions/sheets.py",  # who stands on a signed list: written once, and an event
    "reviews/opening.py",  # reviews and why they opened: inserted where their key is free, written once, each an event
}
SPEAKING_SQL = {"cursor", "raw", "RawSQL", "extra", "executescript"}
HARMLESS_CASCADES = {
    "notices.Preference.user",  # when somebody wants their digest
    "core.Invitation.user",  # a link that was never more than a link
    "account.EmailAddress.user",
    "account.EmailConfirmation.email_address",
    "roles.AuthorityServes.authority",  # which authority serves what: kept in its own history
    "roles.AuthorityServes.responsibility",
    "roles.PersonWord.person",  # the words a person is found by go with the person
    "roles.ResponsibilityDuty.responsibility",  # removed with its history by remove_responsibility
}


# Case 7 -------------------------------------------------------------------------------------------------------------


def test_one_page_approves_and_it_names_one_proposal():
    calls = [
        (path.name, node.lineno)
        for path in CODE
        if "views" in path.parts or "tasks" in path.stem
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "approve_assignment"
    ]
    routes = [str(pattern.pattern) for pattern in patterns() if pattern.name == "decide"]
    assert [name for name, _line in calls] == ["approvals.py"] and routes == ["approvals/<int:pk>/"]


def test_naming_other_proposals_in_a_decision_approves_only_the_one_that_was_opened(cast, as_user):
    world, client = furnish(cast), as_user("top")
    other = Assignment.objects.get(pk=world.pending.pk)
    other.pk, other.seat, other.person = None, "deputy", cast.people.outsider
    other.save()
    shown = client.get(f"/approvals/{world.pending.pk}/").context["token"]
    both = [world.pending.pk, other.pk]
    client.post(
        f"/approvals/{world.pending.pk}/", {"shown": shown, "decision": "approve", "pk": both, "selected": both}
    )
    assert [Assignment.objects.get(pk=pk).state for pk in both] == ["approved", "proposed"]


# Case 11 ------------------------------------------------------------------------------------------------------------


OUTSIDE = ("anonymous", "leaver")
STAFF = ("colleague", "holder", "deputy", "representative")
SIGNED_ONCE = ("published", "superseded")


@pytest.mark.parametrize("state", ["frozen", "sent", "signed", "rejected", "recalled", *SIGNED_ONCE])
def test_by_counting_through_the_numbers_staff_find_signed_versions_only(cast, as_user, state):
    made = version(cast, "1.0", {"rejected": "sent", "recalled": "frozen", "superseded": "published"}.get(state, state))
    type(made).objects.filter(pk=made.pk).update(state=state)
    expected = {who: {302} for who in OUTSIDE} | {who: {200 if state in SIGNED_ONCE else 404} for who in STAFF}
    pages = [reverse(page, args=[made.pk]) for page in ("version", "version-pdf", "version-snapshot")]
    assert {who: {as_user(who).get(url).status_code for url in pages} for who in expected} == expected


@pytest.mark.parametrize("persona", STAFF)
def test_a_number_that_no_version_has_looks_like_one_that_is_hidden(cast, as_user, persona):
    hidden, client = version(cast, "1.0", "sent").pk, as_user(persona)
    answers = [client.get(reverse("version-pdf", args=[number])) for number in (hidden, hidden + 1)]
    assert [one.status_code for one in answers] == [404, 404]
    assert titles(answers[0]) == titles(answers[1])


def titles(answer) -> list[bytes]:
    """The headings of a page."""
    return re.findall(rb"<h1[^>]*>.*?</h1>", answer.content, re.S)


# Case 14 ------------------------------------------------------------------------------------------------------------


def test_deleting_a_person_role_user_version_or_assignment_takes_no_evidence_with_it():
    cascading = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    }
    grants = {name for name in cascading if "ObjectPermission" in name or name == "auth.Permission.content_type"}
    assert cascading - grants == HARMLESS_CASCADES


def test_what_serves_what_stays_in_the_history_when_an_authority_goes(cast, as_user):
    power = AuthorityServes.objects.filter(authority__role=cast.roles.held).first().authority
    as_user("ism").post(f"/authorities/{power.pk}/remove/", {"reason": "Moved."})
    kept = AuthorityServes.history.filter(authority_id=power.pk, history_type="-")
    assert kept.count() == 1 and kept.first().history_user == cast.ism


# Cases 15 and 17 ----------------------------------------------------------------------------------------------------


def test_there_is_no_administration_site_that_writes_past_the_rules():
    routes = [str(pattern.pattern) for pattern in patterns()]
    assert "django.contrib.admin" not in settings.INSTALLED_APPS and not any("admin" in route for route in routes)


def test_nothing_is_written_past_the_history():
    written = {
        str(path.relative_to(ROOT))
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if "migrations" not in path.parts and isinstance(node, ast.Call) and writes_rows(node)
    }
    assert written == WRITES_PAST_THE_HISTORY


def writes_rows(call: ast.Call) -> bool:
    """A call that changes rows without asking the history: of a queryset or a manager, not of `history` and not of a dictionary."""
    called = call.func
    if not isinstance(called, ast.Attribute) or getattr(called.value, "id", "") == "history":
        return False
    if called.attr in {"bulk_create", "bulk_update", "delete", "update_or_create", "get_or_create"}:
        return not (called.attr == "delete" and call.args)
    return called.attr == "update" and bool(call.keywords)


def test_no_sql_is_written_by_hand_but_to_read_to_lock_and_to_guard():
    speaking = {
        str(path.relative_to(ROOT))
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SPEAKING_SQL
    }
    assert speaking == {
        "ismsroles/core/backup/making.py",
        "ismsroles/core/backup/rows.py",
        "ismsroles/core/guards.py",
        "ismsroles/core/log.py",
        "ismsroles/core/past.py",
        "ismsroles/core/questions.py",  # what the ORM wrote, sent again
        "ismsroles/core/rights.py",
        "ismsroles/core/unchanged.py",
        "ismsroles/core/views.py",
        "raci/queries/picture.py",
        "evidence/actions/versions.py",
    }
