"""A list of changes or of everybody: who is missing is proposed as a leaver, never taken out by itself (A6)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ismsroles.core import clock
from ismsroles.core.errors import Invalid
from roles.imports import leavers
from roles.models import Assignment, ImportFile, Person
from tests.roles.test_people_import_command import run  # noqa: F401  (a fixture)

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def everybody(*left_out: Person) -> str:
    """The list of the whole register, without some."""
    here = Person.objects.current(clock.today()).exclude(pk__in=[person.pk for person in left_out])
    return "E-mail;Name\n" + "".join(f"{person.email};{person.name}\n" for person in here)


def uploaded(client, text: str, kind: str = "full") -> ImportFile:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.post(reverse("people-import"), {"file": SimpleUploadedFile("all.csv", text.encode()), "kind": kind})
    return ImportFile.objects.get()


def sent(client, file: ImportFile, do: str, **answers):
    url = reverse("people-import-review", args=[file.pk])
    page = client.get(url)
    given = {
        "do": do,
        "seen": page.context["seen"],
        "missing": [p.pk for p, _told in page.context["missing"]],
        **answers,
    }
    return client.post(url, given)


def test_a_list_of_changes_asks_about_nobody_who_is_missing(cast, as_user):
    client = as_user("ism")
    file = uploaded(client, everybody(cast.people.holder), "changes")
    page = client.get(reverse("people-import-review", args=[file.pk]))
    assert page.context["missing"] == []
    assert "They stay as they are" in page.content.decode()


def test_whoever_is_missing_from_the_full_list_stays_until_somebody_ticks_them(cast, as_user):
    client = as_user("ism")
    file = uploaded(client, everybody(cast.people.holder))
    sent(client, file, "import")
    assert Person.objects.get(pk=cast.people.holder.pk).last_day is None


def test_who_is_ticked_leaves_on_the_day_that_was_written_by_the_same_rule(cast, as_user):
    client, hana = as_user("ism"), cast.people.holder
    file, day = uploaded(client, everybody(hana)), clock.today() + 9 * DAY
    sent(client, file, "answers", leaver=[hana.pk], **{f"last-day-{hana.pk}": day.isoformat()})
    page = client.get(reverse("people-import-review", args=[file.pk])).content.decode()
    assert "Ends as holder of Incident manager." in page
    assert Person.objects.get(pk=hana.pk).last_day is None
    sent(client, file, "import", leaver=[hana.pk], **{f"last-day-{hana.pk}": day.isoformat()})
    assert Person.objects.get(pk=hana.pk).last_day == day
    assert Assignment.objects.get(pk=cast.held.holder.pk).ends_on == day


@pytest.mark.parametrize("written", ["", "soon", "31.02.2027", "1999-01-01", "9999-01-01"])
def test_a_tick_without_a_possible_last_day_is_not_taken_over_and_it_is_said(cast, as_user, written):
    client, hana = as_user("ism"), cast.people.holder
    file = uploaded(client, everybody(hana))
    sent(client, file, "answers", leaver=[hana.pk], **{f"last-day-{hana.pk}": written})
    assert ImportFile.objects.get().decisions == {}
    assert "Hana Holder" in str(
        list(client.get(reverse("people-import-review", args=[file.pk])).context["messages"])[0]
    )


def test_nobody_can_be_ticked_who_is_in_the_list_or_has_left(cast, as_user):
    client = as_user("ism")
    file = uploaded(client, everybody(cast.people.holder))
    for other in (cast.people.top, cast.people.leaver):
        sent(client, file, "answers", missing=[other.pk], leaver=[other.pk], **{f"last-day-{other.pk}": "2030-01-01"})
    assert ImportFile.objects.get().decisions == {}


@pytest.mark.parametrize(("leaving", "current", "asked"), [(2, 3, False), (3, 30, False), (4, 30, True), (3, 20, True)])
def test_more_than_a_tenth_and_more_than_two_are_asked_about_twice(leaving, current, asked):
    assert leavers.needs_confirmation(leaving, current) is asked


@pytest.fixture
def half(cast):
    """Three of the people leave with one list."""
    return [cast.people.holder, cast.people.deputy, cast.people.colleague]


def test_so_many_leavers_need_their_number_typed(cast, as_user, half):
    client, day = as_user("ism"), (clock.today() + DAY).isoformat()
    file = uploaded(client, everybody(*half))
    ticked = {"leaver": [p.pk for p in half], **{f"last-day-{p.pk}": day for p in half}}
    sent(client, file, "answers", **ticked)
    for typed in ("", "2", "many"):
        answer = sent(client, file, "import", confirm_leavers=typed, **ticked)
        assert answer.status_code == 422
        assert not Person.objects.filter(last_day=day).exists()
    assert sent(client, file, "import", confirm_leavers="3", **ticked).status_code == 302
    assert Person.objects.filter(last_day=day).count() == 3


def test_a_list_of_changes_with_so_many_last_days_needs_it_as_well(cast, run, half):  # noqa: F811
    text = "E-mail;Name;Last day\n" + "".join(f"{p.email};{p.name};2030-01-31\n" for p in half)
    with pytest.raises(Exception, match="3 of 7 people would leave") as refused:
        run(text)
    assert refused.value.returncode == 2
    assert run(text, "--confirm-leavers", "3")[0] == 0
    assert Person.objects.filter(last_day=date(2030, 1, 31)).count() == 3


def test_the_command_names_who_is_missing_from_a_full_list_and_takes_nobody_out(cast, run):  # noqa: F811
    status, out = run(everybody(cast.people.holder), "--kind", "full")
    assert (
        status,
        f"Not in the list: Hana Holder. Stays as they are; see --leaves id:{cast.people.holder.pk}" in out,
    ) == (1, True)
    assert Person.objects.get(pk=cast.people.holder.pk).last_day is None


def test_the_command_lets_those_leave_who_are_named(cast, run):  # noqa: F811
    status, _out = run(
        everybody(cast.people.holder), "--kind", "full", "--leaves", f"id:{cast.people.holder.pk}=2030-01-31"
    )
    assert (status, Person.objects.get(pk=cast.people.holder.pk).last_day) == (0, date(2030, 1, 31))


@pytest.mark.parametrize(
    "named", ["nobody=2030-01-31", "tora.top@testhouse.example=2030-01-31", "hana.holder@testhouse.example=soon"]
)
def test_the_command_refuses_who_is_in_the_list_or_unknown(cast, run, named):  # noqa: F811
    with pytest.raises(Exception) as refused:  # noqa: PT011
        run(everybody(cast.people.holder), "--kind", "full", "--leaves", named)
    assert refused.value.returncode == 2
    assert not Person.objects.filter(last_day__year=2030).exists()


def test_a_dry_run_of_a_full_list_changes_nothing(cast, run):  # noqa: F811
    run(
        everybody(cast.people.holder),
        "--kind",
        "full",
        "--dry-run",
        "--leaves",
        f"id:{cast.people.holder.pk}=2030-01-31",
    )
    assert Person.objects.get(pk=cast.people.holder.pk).last_day is None


def test_a_confirmation_that_is_not_needed_is_no_hindrance():
    leavers.refuse_unconfirmed(1, 100, None)
    with pytest.raises(Invalid):
        leavers.refuse_unconfirmed(50, 100, None)
    leavers.refuse_unconfirmed(50, 100, 50)
