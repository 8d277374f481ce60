"""Levels, processes and policies in the document (R6, R7, R9)."""

import json

import pytest

from evidence import snapshot
from evidence.changes import changes_between
from evidence.document import plan
from evidence.document.reading import Snapshot
from ismsroles.core import clock
from roles.models import AuthorisationLevel, Policy, PolicyPart, Process, ProcessPart

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(cast):
    """A level, a process and a policy of the incident manager's."""
    role = cast.roles.held
    AuthorisationLevel.objects.create(
        kind="accept_risk", what="A low risk", role=role, limit_kind="none", evidence="The register"
    )
    ProcessPart.objects.create(process=Process.objects.create(name="Incident handling"), role=role, does="Leads it.")
    policy = Policy.objects.create(title="Incident policy", version="2.3", dated=clock.today(), owner=role)
    PolicyPart.objects.create(policy=policy, role=role, does="Follows it.")
    return cast


def _body() -> str:
    html, _charts = plan.body(Snapshot(snapshot.build("1.0", "First")), None)
    return html.replace("\xa0", " ").replace("&#160;", " ")


def test_levels_have_a_section_of_their_own(written):
    html = _body()
    for text in ("Authorisation levels", "A low risk", "without limit", "The register"):
        assert text in html


def test_a_profile_names_the_processes_and_policies_of_the_role(written):
    html = _body()
    for text in ("Incident handling", "Incident policy, version 2.3", "Owns it."):
        assert text in html, text


def test_an_older_snapshot_without_them_still_renders(cast):
    content = json.loads(snapshot.build("1.0", "First"))
    assert not {"levels", "role_parts"} & content.keys()
    assert "Part in processes and policies" not in _body()


def test_what_changed_between_two_versions_is_said(written):
    before = snapshot.register(clock.today())
    AuthorisationLevel.objects.update(limit_kind="other", limit="small ones")
    ProcessPart.objects.all().delete()
    rows = changes_between(before | {"organisation": {}}, snapshot.register(clock.today()) | {"organisation": {}})
    said = [(row["kind"], row["what"]) for row in rows]
    assert said == [("changed", "Authorisation level"), ("removed", "Process or policy")]
