"""A deputy signs only where the role says so, only while the holder is away, and both names are printed (D2, A7; rule 1)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from evidence import actions, queries
from evidence.kinds import identity, may_sign
from ismsroles.core import clock, scope
from ismsroles.core.errors import Invalid, NotAllowed
from ismsroles.records import actions as records
from ismsroles.records.models import SignOff, Version
from ismsroles.records.policy import is_own_work
from roles.actions import absences, register
from roles.models import Role
from tests import factories
from tests.evidence.world import prepare

pytestmark = pytest.mark.django_db
WORDS = "Deputy of Chief executive, for Tora Top"


@pytest.fixture
def stand_in(cast):
    """Dov is the chief executive's deputy; the role lets its deputy sign."""
    Role.objects.filter(pk=cast.roles.top.pk).update(deputy_signs=True)
    factories.hold(cast.roles.top, cast.people.deputy, approver=cast.top, seat="deputy", proposed_by=cast.ism)
    return cast


def away(cast, who="top"):
    term = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=5)}
    found = absences.record_absence(getattr(cast.people, who), actor=getattr(cast, who), **term)
    scope.forget()
    return found


def seen(version: Version) -> dict[str, str]:
    return {"seen_snapshot": version.snapshot_id, "seen_draft": version.draft_id}


def test_while_the_holder_is_there_the_deputy_signs_nothing(stand_in):
    assert not may_sign(stand_in.deputy)
    assert [one.person for one in queries.candidates(clock.today())] == [stand_in.people.top]


def test_where_the_role_does_not_say_so_the_deputy_signs_nothing(stand_in):
    Role.objects.filter(pk=stand_in.roles.top.pk).update(deputy_signs=False)
    away(stand_in)
    assert not may_sign(stand_in.deputy)
    assert [one.person for one in queries.candidates(clock.today())] == [stand_in.people.top]


def test_in_the_holders_absence_the_deputy_can_be_named_with_both_names(stand_in):
    away(stand_in)
    assert may_sign(stand_in.deputy) and identity(stand_in.deputy).role == WORDS
    assert f"Dov Deputy, {WORDS}" in [one.label for one in queries.candidates(clock.today())]


def test_a_deputys_signature_carries_both_names_in_the_record_and_on_the_page(stand_in, as_user):
    away(stand_in)
    version = prepare(stand_in)
    actions.send_version(version, approvers=[stand_in.deputy], actor=stand_in.ism)
    assert WORDS in as_user("deputy").get(reverse("version-sign", args=[version.pk])).content.decode()
    records.sign(version, actor=stand_in.deputy, password=factories.PASSWORD, **seen(version))
    signoff = SignOff.objects.get()
    assert (signoff.name, signoff.role) == ("Dov Deputy", WORDS) and WORDS in signoff.statement
    assert WORDS in bytes(Version.objects.get().signoffs_record.content).decode()
    assert WORDS in as_user("ism").get(reverse("version", args=[version.pk])).content.decode()


def test_when_the_holder_is_back_the_deputy_can_no_longer_sign(stand_in):
    absence = away(stand_in)
    version = prepare(stand_in)
    actions.send_version(version, approvers=[stand_in.deputy], actor=stand_in.ism)
    type(absence).objects.filter(pk=absence.pk).update(state="taken_back")
    scope.forget()
    with pytest.raises(NotAllowed):
        records.sign(version, actor=stand_in.deputy, password=factories.PASSWORD, **seen(version))


def test_holder_and_deputy_do_not_both_sign_for_one_role(stand_in):
    away(stand_in)
    version = prepare(stand_in)
    with pytest.raises(Invalid, match="named twice"):
        actions.send_version(version, approvers=[stand_in.top, stand_in.deputy], actor=stand_in.ism)


def test_a_deputy_does_not_approve_what_the_absent_holder_prepared(stand_in):
    away(stand_in)
    version = prepare(stand_in)
    place = SignOff(version=version, meaning="approved", person_key=identity(stand_in.deputy).key)
    assert not is_own_work(stand_in.deputy, place)
    version.frozen_by_key = identity(stand_in.top).key
    assert is_own_work(stand_in.deputy, place)


def test_whether_deputies_sign_does_not_change_under_a_deputy(stand_in):
    with pytest.raises(Invalid, match="has a deputy"):
        register.change_role(stand_in.roles.top, actor=stand_in.ism, deputy_signs=False)
    assert register.change_role(stand_in.roles.vacant, actor=stand_in.ism, deputy_signs=True).deputy_signs
