"""What the database refuses whoever writes, by SQL and by shell (design rules 1–3, 9; security cases 1, 2, 15, 17)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from ismsroles.core import clock
from roles.guards.register import DECISION, WRITTEN_ONCE
from roles.models import Area, Assignment, Person, Role, Team
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def run(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql: str, *values) -> None:
    with pytest.raises(DatabaseError):
        run(sql, *values)


def proposed(cast, **values) -> Assignment:
    values = {
        "role": cast.roles.vacant, "person": cast.people.colleague, "starts_on": clock.today(), "single_holder": True,
        "proposed_by": cast.ism, "proposed_by_person": cast.people.ism, "proposed_at": clock.now(), "reason": "Knows it", **values,
    }  # fmt: skip
    return Assignment.objects.create(**values)


def other(cast, made: Assignment, name: str) -> object:
    """Another value that would be possible for this field."""
    values = {
        "role": cast.roles.held, "person": cast.people.outsider, "area": cast.elsewhere, "seat": "deputy",
        "team": Team.objects.get_or_create(name="Night watch")[0], "filled_as": "training",
        "starts_on": made.starts_on - DAY, "reason": "Another reason", "conflict_reason": "Another one",
        "single_holder": False, "proposal": cast.held.ism.proposal,
        "proposed_by": cast.administrator, "proposed_by_person": cast.people.top, "proposed_at": clock.now() - DAY,
        "is_founding": True, "is_succession": True, "founding_reference": "Minutes 99", "founding_date": made.starts_on,
        "founding_file": "founding/x.pdf",
    }  # fmt: skip
    return values[name]


@pytest.mark.parametrize("name", WRITTEN_ONCE)
def test_no_field_of_a_waiting_proposal_can_be_changed_from_the_shell(cast, name):
    made = proposed(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Assignment.objects.filter(pk=made.pk).update(**{name: other(cast, made, name)})


@pytest.mark.parametrize("name", WRITTEN_ONCE)
def test_no_column_of_a_waiting_proposal_can_be_changed_by_sql(cast, name):
    made, field = proposed(cast), Assignment._meta.get_field(name)
    value = field.get_db_prep_save(getattr(other(cast, made, name), "pk", other(cast, made, name)), connection)
    refused(f'UPDATE roles_assignment SET "{field.column}" = %s WHERE id = %s', value, made.pk)


def test_the_last_day_of_a_waiting_proposal_cannot_be_changed(cast):
    made = proposed(cast)
    refused("UPDATE roles_assignment SET ends_on = %s WHERE id = %s", clock.today(), made.pk)


@pytest.mark.parametrize("name", DECISION)
def test_a_decision_cannot_be_rewritten(cast, name):
    values = {
        "decided_by": cast.administrator,
        "decided_by_person": cast.people.representative,
        "decided_for": cast.people.outsider,
        "decided_at": clock.now(),
        "exception": factories.exception(cast.people.top, by=cast.ism),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Assignment.objects.filter(pk=cast.held.holder.pk).update(**{name: values.get(name, "something else")})


@pytest.mark.parametrize("later", [None, 30])
def test_no_statement_gives_an_approved_assignment_a_longer_term(cast, later):
    made = cast.held.holder
    Assignment.objects.filter(pk=made.pk).update(ends_on=clock.today())
    with pytest.raises(DatabaseError), transaction.atomic():
        Assignment.objects.filter(pk=made.pk).update(ends_on=later and clock.today() + later * DAY)


def test_a_term_can_be_shortened(cast):
    Assignment.objects.filter(pk=cast.held.holder.pk).update(ends_on=clock.today())
    assert Assignment.objects.get(pk=cast.held.holder.pk).ends_on == clock.today()


def approve(made: Assignment, by, person) -> None:
    run(
        "UPDATE roles_assignment SET state = 'approved', decided_by_id = %s, decided_by_person_id = %s, decided_at = proposed_at "
        "WHERE id = %s", by.pk, person.pk if person else None, made.pk,
    )  # fmt: skip


def test_the_state_alone_cannot_be_set_to_approved(cast):
    refused("UPDATE roles_assignment SET state = 'approved' WHERE id = %s", proposed(cast).pk)


def test_by_sql_nobody_approves_what_their_login_proposed(cast):
    with pytest.raises(DatabaseError):
        approve(proposed(cast, proposed_by=cast.top, proposed_by_person=None), cast.top, cast.people.top)


def test_by_sql_nobody_approves_what_they_proposed_under_another_login(cast):
    with pytest.raises(DatabaseError):
        approve(
            proposed(cast, proposed_by=cast.administrator, proposed_by_person=cast.people.top),
            cast.top,
            cast.people.top,
        )


def test_by_sql_nobody_approves_themself(cast):
    with pytest.raises(DatabaseError):
        approve(proposed(cast, person=cast.people.top), cast.top, cast.people.top)


def test_by_sql_an_approval_names_a_person(cast):
    with pytest.raises(DatabaseError):
        approve(proposed(cast), cast.administrator, None)


def test_the_same_statement_passes_for_an_approver_who_is_apart(cast):
    made = proposed(cast)
    approve(made, cast.top, cast.people.top)
    assert Assignment.objects.get(pk=made.pk).state == "approved"


def test_by_sql_a_rejection_has_a_reason(cast):
    refused(
        "UPDATE roles_assignment SET state = 'rejected', decided_by_id = %s, decided_by_person_id = %s, decided_at = proposed_at "
        "WHERE id = %s", cast.top.pk, cast.people.top.pk, proposed(cast).pk,
    )  # fmt: skip


def test_the_database_takes_one_founding_appointment_only(cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.hold(factories.role(persona="top_management"), cast.people.colleague)


def test_the_database_takes_no_founding_appointment_of_oneself(cast):
    with pytest.raises(DatabaseError, match="own founding"), transaction.atomic():
        factories.hold(
            factories.role(), cast.people.ism, proposed_by=cast.administrator, proposed_by_person=cast.people.ism
        )


def test_the_database_takes_no_founding_appointment_without_the_boards_decision(cast):
    values = {"is_founding": True, "founding_date": clock.today(), "founding_reference": ""}
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.hold(factories.role(), cast.people.colleague, approver=cast.top, **values)


def test_the_database_takes_no_second_holder_of_a_one_holder_role(cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.hold(cast.roles.held, cast.people.colleague, approver=cast.top)


def test_the_database_takes_no_deputy_who_is_the_holder(cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.hold(cast.roles.held, cast.people.holder, approver=cast.top, seat="deputy")


def test_two_holders_may_follow_each_other_day_by_day(cast):
    today = clock.today()
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top, ends_on=today)
    assert factories.hold(cast.roles.vacant, cast.people.outsider, approver=cast.top, starts_on=today + DAY)


def test_two_holders_may_not_share_one_day(cast):
    today = clock.today()
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top, ends_on=today)
    with pytest.raises(DatabaseError), transaction.atomic():
        factories.hold(cast.roles.vacant, cast.people.outsider, approver=cast.top, starts_on=today)


def test_a_one_holder_role_may_have_one_holder_in_each_area(cast):
    factories.hold(cast.roles.vacant, cast.people.colleague, approver=cast.top, area=cast.home)
    assert factories.hold(cast.roles.vacant, cast.people.outsider, approver=cast.top, area=cast.elsewhere)


def test_a_term_cannot_end_before_it_begins(cast):
    refused(
        "UPDATE roles_assignment SET ends_on = %s WHERE id = %s",
        clock.today() - timedelta(days=9999),
        cast.held.holder.pk,
    )


@pytest.mark.parametrize("table", ["roles_assignment", "roles_person", "roles_role", "core_user"])
def test_what_is_named_in_evidence_cannot_be_deleted(cast, table):
    refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("model", [Area, Person, Role, Assignment])
def test_the_history_cannot_be_rewritten_from_the_shell(cast, model):
    instance = model.objects.first()
    instance.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.history.filter(id=instance.pk).update(history_date=F("history_date") - DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.history.filter(id=instance.pk).delete()


@pytest.mark.parametrize(("model", "state"), [(Role, "draft"), (Assignment, "proposed"), (Assignment, "withdrawn")])
def test_a_bulk_update_cannot_move_a_state_where_it_may_not_go(cast, model, state):
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(state=state)
