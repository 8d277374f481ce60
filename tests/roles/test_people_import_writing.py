"""Importing writes all or nothing, only what was shown, only people and areas, with history and events (cases 17–19)."""

import hashlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from ismsroles.core import clock, tabular
from ismsroles.core.errors import NotAllowed, Stale
from ismsroles.core.models import AuditEvent, User
from roles import imports
from roles.models import Area, Assignment, Person
from tests import factories

pytestmark = pytest.mark.django_db


def planned(text, mapping=None, decisions=None):
    table = tabular.read(text.encode(), "x.csv", known=imports.KNOWN)
    mapping = mapping or imports.guess_mapping(table.headers, table.rows)
    return imports.plan(table, mapping, today=clock.today(), decisions=decisions)


def take_in(text, actor, **options):
    return imports.apply(planned(text, **options), actor=actor, source="people.csv")


def digest():
    """Everything in the database, whatever table it is in."""
    kept = hashlib.sha256()
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.label):
        kept.update(repr([model._meta.label, list(model._base_manager.order_by("pk").values_list())]).encode())
    return kept.hexdigest()


def mixed(cast):
    """A list with somebody new, somebody changed, a leaver who holds a role, a new area and a new manager."""
    day = clock.today() + timedelta(days=5)
    return (
        "Name;E-mail;Area;Manager;Last day\n"
        f"Nia New;nia@x.example;Fresh area;Mo New;\nMo New;mo@x.example;;;\n"
        f"Cole C. Colleague;{cast.people.colleague.email};Fresh area;;\n"
        f"Hana Holder;{cast.people.holder.email};;;{day}\n"
    )


def test_new_people_get_all_that_the_list_says(cast):
    take_in(
        "Id;Name;E-mail;Kind;Employer;Job title;Area;Start;End\n7;Lee, Anna;a@x.example;Freelancer;Acme;Eng;New;1.2.2026;31.12.2030\n",
        cast.ism,
    )
    ann = Person.objects.get(external_id="7")
    assert (ann.name, ann.kind, ann.employer, ann.area.name) == ("Anna Lee", "contractor", "Acme", "New")
    assert (ann.name_key, ann.email_key, str(ann.last_day)) == ("anna lee", "a@x.example", "2030-12-31")


def test_managers_among_the_new_people_are_set(cast):
    take_in("Name;Manager\nLow;Mid\nMid;High\nHigh;\n", cast.ism)
    assert dict(Person.objects.filter(name__in=["Low", "Mid"]).values_list("name", "manager__name")) == {
        "Low": "Mid",
        "Mid": "High",
    }


def test_importing_the_same_list_again_changes_nothing(cast):
    text = "Id;Name;Area;Manager\n7;Anna;New;8\n8;Bo;New;\n"
    take_in(text, cast.ism)
    again = planned(text)
    assert [row.kind for row in again.rows] == ["unchanged", "unchanged"]
    people = list(Person.history.values_list())
    imports.apply(again, actor=cast.ism)
    assert list(Person.history.values_list()) == people


def test_what_the_list_does_not_say_stays(cast):
    ann = factories.person("Anna", external_id="7", job_title="Engineer", employer="Acme", area=cast.home)
    take_in("Id;Name\n7;Anna Lee\n", cast.ism)
    ann.refresh_from_db()
    assert (ann.name, ann.job_title, ann.employer, ann.area) == ("Anna Lee", "Engineer", "Acme", cast.home)


def test_a_leaver_of_the_list_leaves_by_the_same_rule_as_any_other(cast):
    day = clock.today() + timedelta(days=5)
    result = take_in(f"E-mail;Name;End\n{cast.people.holder.email};Hana Holder;{day}\n", cast.ism)
    cast.held.holder.refresh_from_db()
    assert (result.leaving, cast.held.holder.ends_on) == (1, day)


def test_access_of_a_leaver_ends_with_their_last_day(cast, as_user):
    yesterday = clock.today() - timedelta(days=1)
    page, forbidden, asked_to_sign_in = reverse("people-import"), 403, 302
    assert as_user("colleague").get(page).status_code == forbidden
    take_in(f"E-mail;Name;End\n{cast.people.colleague.email};Cole Colleague;{yesterday}\n", cast.ism)
    assert as_user("colleague").get(page).status_code == asked_to_sign_in


def test_each_person_and_area_has_one_event_and_the_import_one_of_its_own(cast):
    before = AuditEvent.objects.count()
    take_in(mixed(cast), cast.ism)
    events = [one for one in AuditEvent.objects.order_by("pk")[before:] if one.code != "review.opened"]
    assert sorted(event.code for event in events if not event.code.startswith("assignment.")) == [
        "area.added", "people.imported", "person.added", "person.added", "person.changed", "person.leaves",
        "person.moved",
    ]  # fmt: skip
    assert {event.actor for event in events} == {cast.ism}
    assert any("Name: Cole Colleague → Cole C. Colleague" in event.sentence for event in events)
    assert "2 new, 1 changed, 1 leaving" in events[-1].sentence


def test_each_person_and_area_has_its_history_with_who_and_why(cast):
    take_in(mixed(cast), cast.ism)
    for row in (
        Person.objects.get(name="Nia New"),
        Person.objects.get(name="Cole C. Colleague"),
        Area.objects.get(name="Fresh area"),
    ):
        last = row.history.first()
        assert (last.history_user, last.history_change_reason) == (cast.ism, "Import of people.csv")


def test_a_fault_at_any_write_leaves_the_database_as_it_was(cast):
    text, before, at = mixed(cast), digest(), 0
    while True:
        writes, at = [], at + 1

        def breaking(execute, sql, params, many, context, writes=writes, at=at):
            if sql.lstrip().split()[0].upper() in ("INSERT", "UPDATE", "DELETE"):
                writes.append(sql)
                if len(writes) == at:
                    raise DatabaseError("a fault at this write")
            return execute(sql, params, many, context)

        plan = planned(text)
        try:
            with connection.execute_wrapper(breaking), transaction.atomic():
                imports.apply(plan, actor=cast.ism)
        except DatabaseError:
            assert digest() == before
            continue
        break
    assert at > 8
    assert digest() != before


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda cast: factories.person("Nia New"),
        lambda cast: factories.person("Somebody", email="mo@x.example"),
        lambda cast: Person.objects.filter(pk=cast.people.colleague.pk).update(name="Cole Changed"),
        lambda cast: factories.area("fresh AREA"),
        lambda cast: factories.hold(cast.roles.vacant, cast.people.holder, approver=cast.top),
    ],
)
def test_what_changed_since_it_was_shown_stops_the_whole_import(cast, meanwhile):
    plan = planned(mixed(cast))
    meanwhile(cast)
    before = digest()
    with pytest.raises(Stale):
        imports.apply(plan, actor=cast.ism)
    assert digest() == before


def test_the_refusal_says_which_rows_would_now_do_something_else(cast):
    plan = planned("Name;E-mail\nMo;mo@x.example\n")
    factories.person("Mo", email="mo@x.example")
    with pytest.raises(Stale) as stale:
        imports.apply(plan, actor=cast.ism)
    assert stale.value.changes[0][0] == "Row 2, Mo"


def test_what_changed_elsewhere_does_not_stop_the_import(cast):
    plan = planned("Name;E-mail\nMo;mo@x.example\n")
    factories.person("Somebody else")
    assert imports.apply(plan, actor=cast.ism).new == 1


@pytest.mark.parametrize("persona", ["top", "holder", "colleague", "auditor", "leaver"])
def test_whoever_does_not_keep_the_register_imports_nothing(cast, persona):
    plan, before = planned("Name\nMo\n"), digest()
    with pytest.raises(NotAllowed):
        imports.apply(plan, actor=getattr(cast, persona))
    assert digest() == before


def test_no_column_of_any_table_sets_rights_logins_or_states(cast):
    names = {field.name for model in apps.get_models() for field in model._meta.get_fields()} - set(imports.FIELDS)
    columns = sorted(names)[:190] + ["is_superuser", "is_staff", "groups", "user_permissions", "user_id", "password"]
    columns += [name for name in sorted(names)[190:] if name not in columns][: 190 - len(columns)]
    text = (
        "name;external_id;"
        + ";".join(columns)
        + "\n"
        + "Mallory;666"
        + f";{cast.administrator.pk}" * len(columns)
        + "\n"
    )
    logins, held = list(User.objects.values()), list(Assignment.objects.values())
    take_in(text, cast.ism, mapping={name: name for name in ("name", "external_id", *columns)})
    mallory = Person.objects.get(external_id="666")
    assert (mallory.user, mallory.job_title, mallory.area, mallory.manager) == (None, "", None, None)
    assert (list(User.objects.values()), list(Assignment.objects.values())) == (logins, held)


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|' /C calc'!A0",
        "👩🏽‍🚀 Ada",
        "محمد علي",
        "<script>alert(1)</script>",
        "O'Neil; DROP TABLE",
        "{{7*7}}",
        "%s %(x)s",
    ],
)
def test_hostile_names_are_only_names(cast, name):
    text = f'Name;E-mail\n"{name}";odd@x.example\n'
    take_in(text, cast.ism)
    assert Person.objects.get(email="odd@x.example").name == name
    assert name in AuditEvent.objects.filter(code="person.added").first().sentence


def test_two_thousand_people_take_seconds_and_few_statements(cast, django_assert_max_num_queries):
    text = "Id;Name;E-mail;Area;Manager\n" + "".join(
        f"{n};P {n};p{n}@x.example;A{n % 40};{n // 9}\n" for n in range(2000)
    )
    plan = planned(text)
    with django_assert_max_num_queries(250):
        assert imports.apply(plan, actor=cast.ism).new == 2000
