"""The parts that every page is put together from: what people wrote is shown as text, and nothing needs a mouse or a script."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import lucide
import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from ismsroles.core import clock, marks, navigation

TEMPLATES = [
    page
    for folder in ("templates", "roles/templates", "evidence/templates")
    for page in (settings.BASE_DIR / folder).rglob("*.html")
    if "document" not in page.parts  # the PDF's, read by no browser
]
EVIL = "<script>alert(1)</script>O'Neil"


class Question(forms.Form):
    name = forms.CharField(label="Name of the role", help_text="As your organisation says it.")
    way = forms.ChoiceField(label="How", widget=forms.RadioSelect, choices=[("a", "Own employee"), ("b", "Outside")])
    way.option_hints = {"a": "Has the skills now"}
    first = forms.DateField(label="First day", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def render(text: str, path: str = "/", **context) -> str:
    return Template(text).render(Context({"request": RequestFactory().get(path), **context}))


@pytest.fixture
def london(monkeypatch):
    from zoneinfo import ZoneInfo

    monkeypatch.setattr(clock, "zone", lambda: ZoneInfo("Europe/London"))


def test_a_name_with_markup_is_shown_as_text():
    page = render(
        "{% person name=n fact=n %}{% badge 'stop' n %}{% changes rows %}{% findings found %}",
        n=EVIL,
        rows=[(EVIL, EVIL, [EVIL])],
        found=[{"severity": "stop", "sentence": EVIL, "detail": EVIL, "url": "/", "action": EVIL}],
    )
    assert "<script" not in page and page.count("&lt;script") >= 8


def test_an_icon_is_hidden_from_people_who_listen():
    assert render('{% icon "user-x" %}').startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path')


def test_a_wrong_icon_name_does_not_lose_the_page():
    assert render('{% icon "no-such-icon" %}') == ""


def test_every_icon_that_a_page_names_exists():
    with ZipFile(Path(lucide.__file__).parent / "lucide.zip") as drawings:
        known = {Path(name).stem for name in drawings.namelist()}
    named = {
        n
        for page in TEMPLATES
        for n in re.findall(r"""(?:% icon |% empty |icon=)["']([a-z0-9-]+)["']""", page.read_text())
    }
    assert named | {entry.icon for entry in navigation._entries.values()} <= known


def test_no_page_holds_script_or_style_of_its_own():
    """The Content-Security-Policy would switch it off, and a browser would say so."""
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    plain = {page: re.sub(r"{%.*?%}", "", page.read_text(), flags=re.DOTALL) for page in TEMPLATES}
    assert [str(page) for page, text in plain.items() if inline.search(text)] == []


@pytest.mark.parametrize(
    ("name", "face"),
    [
        ("Fatima Zahra El Idrissi", "FI"),
        ("李 小龍", "李小"),
        ("O'Neil", "O"),
        ("şahin", "Ş"),
        ("🙂", "🙂"),
        ("Ann (Anna) Lee", "AL"),
    ],
)
def test_a_face_carries_the_first_letters_of_any_name(name, face):
    assert marks.initials(name) == face


def test_somebody_from_outside_is_marked_and_their_employer_named():
    page = render(
        "{% person p %}",
        p=SimpleNamespace(name="Rui Carvalho", kind="consultant", employer="Carvalho Lda", job_title=""),
    )
    assert 'class="person external"' in page and "External · Carvalho Lda" in page


def test_nobody_is_a_dash_that_is_read_as_none():
    assert 'class="unseen">none<' in render("{% person None %}")


def test_a_day_reads_the_same_everywhere():
    assert render("{% day d %}", d=date(2026, 11, 23)) == '<time datetime="2026-11-23">23 Nov 2026</time>'


def test_a_moment_names_its_zone(london):
    assert "23 Nov 2026, 14:07 GMT" in render("{% moment m %}", m=datetime(2026, 11, 23, 14, 7, tzinfo=UTC))
    assert "23 Jun 2026, 15:07 BST" in render("{% moment m %}", m=datetime(2026, 6, 23, 14, 7, tzinfo=UTC))


def test_a_field_ties_its_hint_and_its_error_to_the_control():
    page = render("{% field f.name %}", f=Question({}))
    assert 'aria-describedby="id_name_hint id_name_error"' in page and 'aria-invalid="true"' in page
    assert page.index("id_name_hint") < page.index('id="id_name_error"') < page.index("<input")


def test_a_needed_answer_says_so_in_words():
    assert "required</span>" in render("{% field f.name %}", f=Question())
    assert "required</span>" not in render("{% field f.first %}", f=Question())


def test_choices_are_a_group_with_their_question_and_a_sentence_each():
    page = render("{% field f.way %}", f=Question())
    assert "<fieldset" in page and "<legend>How" in page and "<small>Has the skills now</small>" in page


@pytest.mark.django_db
def test_the_choice_that_chooses_nothing_says_so():
    from ismsroles.core.models import User

    form = type("Asks", (forms.Form,), {"who": forms.ModelChoiceField(User.objects.all(), required=False)})()
    assert ">None<" in render("{% field f.who %}", f=form)


def test_the_banner_counts_what_is_wrong_and_leads_to_each_answer():
    page = render("{% form_errors f %}", f=Question({"first": "31 Feb"}))
    assert "3 answers need another look" in page and 'role="alert"' in page
    assert 'href="#id_name"' in page and 'href="#id_way"' in page and 'href="#id_first"' in page


def test_an_empty_or_impossible_answer_is_told_what_to_write():
    page = render("{% form_errors f %}", f=Question({"first": "31 Feb"}))
    assert "Write an answer." in page and "Choose one." in page and "Write the date as 2027-02-28." in page
    assert "This field is required" not in page


def test_a_form_without_faults_has_no_banner():
    assert render("{% form_errors f %}", f=Question()).strip() == ""


def test_pages_keep_the_filter():
    page = render("{% pager p %}", "/roles/?state=vacant&page=2", p=Paginator(range(240), 25).get_page(2))
    assert "26 to 50 of 240" in page and "?state=vacant&amp;page=3" in page and 'aria-current="page"' in page


def test_sorting_is_a_link_that_says_its_direction():
    head = render('{% sort_link "name" "Role" default=True %}{% sort_link "area" "Area" %}', "/?q=x")
    assert 'aria-sort="ascending"' in head and "?q=x&amp;sort=-name" in head and "?q=x&amp;sort=area" in head


def test_was_and_now_mark_only_what_changed():
    page = render(
        "{% changes rows %}",
        rows=[("Holder", "Vacant", "Ana"), ("Deputy", "Tomás", "Tomás"), ("Until", None, date(2027, 1, 1))],
    )
    assert "<del>Vacant</del>" in page and "<ins>Ana</ins>" in page and "<del>Tomás" not in page and "unchanged" in page
    assert "<ins><time" in page


def test_findings_stand_worst_first_with_their_meaning_in_words():
    found = [
        {"severity": "warn", "sentence": "B", "url": "/b"},
        {"severity": "stop", "sentence": "A", "url": "/a", "action": "Mend"},
    ]
    page = render("{% findings f grouped=True %}", f=found)
    assert page.index("Must fix: </span>A") < page.index("Should fix: </span>B") and ">Mend</a>" in page


def test_steps_say_in_words_which_one_is_now():
    page = render("{% steps rows %}", rows=[("done", "Name", "Tarnbrook"), ("now", "People", ""), ("todo", EVIL, "")])
    assert page.count('aria-current="step"') == 1 and "Now: </span>People" in page and "<script" not in page


def test_an_empty_list_says_what_will_fill_it():
    page = render(
        '{% empty "users" title "Import a spreadsheet." %}<a href="/x">Import</a>{% endempty %}', title="No <b>people"
    )
    assert "<h2>No &lt;b&gt;people</h2>" in page and '<div class="actions"><a href="/x">' in page


@pytest.mark.django_db
def test_a_page_without_lead_or_actions_leaves_no_empty_part():
    page = render('{% extends "base.html" %}{% block heading %}Roles{% endblock %}')
    assert (
        "<h1>Roles</h1>" in page
        and 'class="lead"' not in page
        and 'class="crumbs"' not in page
        and 'class="next"' not in page
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("cookie", "start"), [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"')])
def test_the_chosen_colours_are_in_the_page_before_any_script(client, cookie, start):
    client.cookies["theme"] = cookie
    assert start in client.get("/account/login/").content.decode().split(">", 2)[1]


@pytest.mark.django_db
def test_a_made_up_colour_choice_is_ignored(client):
    client.cookies["theme"] = '"><script>'
    assert b"data-theme=" not in client.get("/account/login/").content


@pytest.mark.django_db
def test_the_sign_in_page_offers_no_way_to_sign_up(client):
    page = client.get("/account/login/").content.decode()
    assert "signup" not in page and '<label for="id_login">E-mail address' in page and 'autocomplete="username"' in page


def test_the_navigation_marks_the_section_one_is_in(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "reverse", lambda name: {"roles": "/roles/", "home": "/"}[name])
    for order, name in enumerate(["home", "roles"]):
        navigation.register("Register", name, name, "users", order=order, count=lambda user: 3)
    request = RequestFactory().get("/roles/12/")
    request.user = SimpleNamespace(is_authenticated=True)
    [(_group, items)] = navigation.items_for(request)
    assert [(item.url, item.current, item.count) for item in items] == [("/", "", 3), ("/roles/", "true", 3)]


def test_the_navigation_shows_only_what_is_meant_for_a_person(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.register("You", "Sign in", "account_login", "users", order=1, shown=lambda user: False)
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=True)
    assert navigation.items_for(request) == []


def test_the_page_for_a_fault_needs_neither_database_nor_context():
    page = render_to_string("500.html")
    assert "Your last change was not saved" in page and "/static/css/tokens.css" in page


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "429"])
def test_each_error_page_says_that_nothing_was_changed_or_where_to_go(code, rf):
    request = rf.get("/roles/1/")
    page = render_to_string(f"{code}.html", {"message": EVIL if code == "409" else ""}, request)
    assert "<h1>" in page and 'href="/' in page and "<script>alert" not in page


@pytest.mark.django_db
def test_a_conflict_shows_what_is_different(rf):
    page = render_to_string(
        "409.html", {"message": "This changed.", "changes": [("Last day", "30 Nov", "31 Mar")]}, rf.get("/approvals/1/")
    )
    assert "<del>30 Nov</del>" in page and "<ins>31 Mar</ins>" in page and 'href="/approvals/1/"' in page
