"""What a role needs: dated, so that a past day can be asked; suggestions of starter roles count once confirmed (C2, R4)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from competence import starter
from competence.actions import skills as actions
from competence.models import Requirement, Skill
from competence.queries.picture import requirements
from ismsroles.core import clock
from ismsroles.core.errors import InUse, Invalid, NotAllowed, Stale, WrongState
from ismsroles.core.shown import state_of
from roles.actions.starter import adopt_roles
from roles.starter import library
from tests.competence import world

pytestmark = pytest.mark.django_db


def levels(role, day=None):
    needs, _everyone = requirements(day or clock.today())
    return {(need.skill, need.level) for need in needs.get(role.pk, [])}


def test_every_starter_role_but_all_staff_says_what_it_needs_and_each_skill_has_four_levels():
    assert set(library()) - {"all_staff"} == {key for key in library() if starter.lines(key)}
    for key in library():
        for skill, level, strength, proof in starter.lines(key):
            assert skill in starter.skills() and 1 <= level <= 4 and strength in ("must", "should")
            assert proof in ("", "certificate", "training", "experience")
    assert all(len(told["levels"]) == 4 for told in starter.skills().values())


def test_adopting_starter_roles_suggests_what_they_need_and_adds_each_skill_once(cast):
    adopt_roles(["risk_owner", "incident_manager", "asset_owner"], actor=cast.ism)
    rows = Requirement.objects.filter(is_suggested=True)
    assert rows.filter(role__starter_key="risk_owner").count() == 1
    assert Skill.objects.filter(starter_key="risk").count() == 1 and requirements(clock.today()) == ({}, set())


def test_a_suggestion_counts_from_the_day_on_which_it_is_confirmed(cast):
    (role,) = adopt_roles(["risk_owner"], actor=cast.ism)
    actions.confirm_requirements(list(role.requirements.all()), actor=cast.ism)
    assert len(levels(role)) == 1 and levels(role, clock.today() - timedelta(days=1)) == set()


def test_a_changed_level_counts_from_today_and_yesterday_stays_as_it_was(cast):
    skill = world.skill()
    row = world.need(cast.roles.held, skill, 2)
    actions.change_requirement(row, actor=cast.ism, level=3)
    assert levels(cast.roles.held) == {(skill.pk, 3)}
    assert levels(cast.roles.held, clock.today() - timedelta(days=1)) == {(skill.pk, 2)}


def test_what_is_taken_back_is_not_needed_from_today_and_was_until_yesterday(cast):
    row = world.need(cast.roles.held, world.skill(), 2)
    actions.remove_requirement(row, actor=cast.ism)
    assert levels(cast.roles.held) == set() and levels(cast.roles.held, clock.today() - timedelta(days=1))


def test_two_changes_on_one_day_leave_one_line(cast):
    row = actions.add_requirement(cast.roles.held, actor=cast.ism, skill=world.skill(), level=1)
    row = actions.change_requirement(row, actor=cast.ism, level=2)
    actions.change_requirement(row, actor=cast.ism, level=3)
    assert Requirement.objects.count() == 1 and Requirement.history.count() == 3


def test_a_role_asks_for_a_skill_once(cast):
    row = world.need(cast.roles.held, world.skill(), 2)
    with pytest.raises(Invalid, match="needs this skill already"):
        actions.add_requirement(cast.roles.held, actor=cast.ism, skill=row.skill, level=3)


def test_who_changes_what_somebody_else_changed_meanwhile_is_told(cast):
    row = world.need(cast.roles.held, world.skill(), 2)
    seen = state_of(row)
    Requirement.objects.filter(pk=row.pk).update(strength="should")
    with pytest.raises(Stale):
        actions.change_requirement(row, actor=cast.ism, level=3, seen=seen)


def test_a_line_that_ended_is_not_changed(cast):
    row = world.need(cast.roles.held, world.skill(), 2)
    actions.remove_requirement(row, actor=cast.ism)
    with pytest.raises(WrongState):
        actions.change_requirement(row, actor=cast.ism, level=3)


def test_the_database_keeps_role_and_skill_of_a_line(cast):
    row = world.need(cast.roles.held, world.skill(), 2)
    with pytest.raises(DatabaseError), transaction.atomic():
        Requirement.objects.filter(pk=row.pk).update(skill=world.skill())


def test_a_skill_that_a_role_needs_is_not_retired(cast):
    row = world.need(cast.roles.held, world.skill(), 2)
    with pytest.raises(InUse):
        actions.retire_skill(row.skill, actor=cast.ism)


@pytest.mark.parametrize("who", ["top", "representative", "holder", "auditor", "colleague"])
def test_only_who_keeps_the_register_says_what_a_role_needs(cast, who):
    with pytest.raises(NotAllowed):
        actions.add_requirement(cast.roles.held, actor=getattr(cast, who), skill=world.skill(), level=2)
