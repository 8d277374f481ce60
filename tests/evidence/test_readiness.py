"""What stops a version, and what does not (design rule 10; coverage R5)."""

from datetime import timedelta

import pytest

from evidence import actions, readiness
from ismsroles.core import clock
from ismsroles.core.errors import Invalid, NotAllowed
from ismsroles.records.models import Version
from roles.models import Assignment, Responsibility, Role
from tests import factories

pytestmark = pytest.mark.django_db


def _stopped() -> list[str]:
    return [blocker.sentence for blocker in readiness.assess("1.0", "First", prepared_by="P").blockers]


def test_a_register_in_which_conformity_and_reporting_are_held_can_be_frozen(cast):
    assert _stopped() == []


def test_a_vacant_role_is_printed_and_stops_nothing(cast):
    assert readiness.assess("1.0", "First", prepared_by="P").open_points


@pytest.mark.parametrize("clause", ["5.3 a", "5.3 b"])
def test_without_a_holder_for_conformity_or_reporting_nothing_is_frozen(cast, clause):
    Role.objects.filter(pk=cast.roles.ism.pk).update(clauses=["5.3 a", "5.3 b"][: 1 if clause == "5.3 b" else 0])
    with pytest.raises(readiness.NotReady) as refused:
        actions.prepare_version("1.0", "First", actor=cast.ism)
    assert f"({clause})" in " ".join(refused.value.users) and not Version.objects.exists()


def test_a_deputy_does_not_hold_it(cast):
    Role.objects.filter(pk=cast.roles.ism.pk).update(clauses=[])
    Role.objects.filter(pk=cast.roles.vacant.pk).update(clauses=["5.3 a", "5.3 b"])
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top, seat="deputy")
    assert len(_stopped()) == 2


def test_who_left_yesterday_no_longer_holds_it_and_who_leaves_today_still_does(cast):
    _ism_leaves(cast, clock.today() - timedelta(days=1))
    assert len(_stopped()) == 2
    _ism_leaves(cast, clock.today())
    assert _stopped() == []


def _ism_leaves(cast, day):
    type(cast.people.ism).objects.filter(pk=cast.people.ism.pk).update(last_day=day)


def test_an_empty_register_cannot_be_frozen(organisation):
    assert "No role is in force yet." in _stopped()


def test_a_character_that_no_font_has_is_named_with_the_place_where_it_stands(cast):
    Responsibility.objects.filter(role=cast.roles.held).update(text="Ring the bell \U0001f514 every month")
    (sentence,) = _stopped()
    assert sentence.startswith("Incident manager cannot be printed") and "bell" in sentence and "U+1F514" in sentence


def test_names_in_other_scripts_can_be_printed(cast):
    for name in ("Şahin Öztürk", "李小龙", "محمد علي", "Nguyễn Thị Hương", "O'Neil"):
        factories.hold(factories.role(), factories.person(name, email=""), approver=cast.top)
    assert _stopped() == []


def test_while_a_version_is_on_its_way_no_other_is_frozen(cast):
    actions.prepare_version("1.0", "First", actor=cast.ism)
    assert _stopped() == ["Version 1.0 is on its way already: being prepared."]


def test_a_version_says_what_it_brings(cast):
    with pytest.raises(Invalid) as refused:
        actions.prepare_version("1.0", "  ", actor=cast.ism)
    assert refused.value.field == "summary"


@pytest.mark.parametrize("who", ["top", "administrator", "holder", "colleague", "auditor", "representative"])
def test_only_who_keeps_the_register_prepares(cast, who):
    with pytest.raises(NotAllowed):
        actions.prepare_version("1.0", "First", actor=getattr(cast, who))


def test_what_was_frozen_does_not_move_with_the_register(cast):
    version = actions.prepare_version("1.0", "First", actor=cast.ism)
    before = bytes(version.snapshot.content)
    Assignment.objects.filter(pk=cast.held.deputy.pk).update(ends_on=clock.today() - timedelta(days=2))
    assert bytes(Version.objects.get(pk=version.pk).snapshot.content) == before
