"""Whatever is written into a form of the register is kept as text or refused with a sentence; it is never a fault (security.md)."""

import pytest

from tests import factories

TEXTS = [
    "<script>alert(1)</script>", "{{7*7}}{% url 'x' %}", "=cmd|' /C calc'!A0", "🔐👩‍🚒", "\u202eevil", "nul\x00nul", "a" * 5000,
    "%s %(actor)s %", "' OR 1=1 --", "\ufeff", "   ",
]  # fmt: skip
CHOICES = ["<script>alert(1)</script>", "nul\x00nul", "9" * 40, "-1", "0000-00-00", "9999-12-31", "0001-01-01"]
WRITTEN = {
    "name",
    "email",
    "employer",
    "job_title",
    "manager",
    "external_id",
    "reason",
    "title",
    "purpose",
    "competences",
    "text",
    "limit",
}
FIELDS = {
    "/areas/add/": "name parent in_scope",
    "/areas/{area}/edit/": "name parent",
    "/people/add/": "name email kind employer job_title area manager external_id starts_on last_day",
    "/people/{person}/edit/": "name email kind employer job_title area manager external_id starts_on",
    "/people/{person}/leave/": "last_day reason",
    "/people/{person}/represent/": "areas",
    "/roles/add/": "title purpose kind area reports_to clauses competences persona",
    "/roles/{role}/edit/": "title purpose kind area reports_to clauses competences persona reason",
    "/roles/{role}/responsibilities/add/": "text",
    "/roles/{role}/authorities/add/": "text limit_kind limit serves",
    "/responsibilities/{duty}/edit/": "text reason",
    "/responsibilities/{duty}/move/": "role",
    "/authorities/{authority}/edit/": "text limit_kind limit serves reason",
    "/roles/{role}/retire/": "reason",
    "/starter/": "keys size activate",
}
RIGHT = {
    "name": "Right", "title": "Right", "kind": "one", "text": "Right", "purpose": "Right", "last_day": "2099-01-01",
    "size": "small",
}  # fmt: skip


@pytest.mark.parametrize("form", FIELDS)
def test_hostile_words_are_kept_as_text_or_refused_with_a_sentence(as_user, cast, form):
    client, role = as_user("ism"), factories.role("Target", duties=2)
    url = form.format(
        area=cast.elsewhere.pk, person=cast.people.outsider.pk, role=role.pk, duty=role.responsibilities.first().pk,
        authority=role.authorities.first().pk,
    )  # fmt: skip
    for name in FIELDS[form].split():
        for number, words in enumerate(TEXTS if name in WRITTEN else CHOICES):
            answer = client.post(
                url, {**RIGHT, "name": f"Right {number}", "title": f"Right {name} {number}", name: words}
            )
            assert answer.status_code in (302, 409, 422), (name, words[:30], answer.status_code)
            assert b"<script>alert" not in answer.content
            assert answer.status_code == 302 or b'role="alert"' in answer.content or answer.status_code == 409


def test_what_was_kept_is_shown_as_text_on_every_page(as_user, cast):
    hostile = "<img src=x onerror=alert(1)>{{7*7}}"
    area = factories.area(hostile)
    person = factories.person(hostile, email="x@testhouse.example", area=area, job_title=hostile, employer=hostile)
    role = factories.role(hostile, area=area, purpose=hostile, competences=hostile)
    role.responsibilities.create(text=hostile)
    factories.hold(role, person, approver=cast.top, reason=hostile)
    client = as_user("ism")
    lists = ["/areas/", "/people/", "/roles/", "/log/", "/search/?q=onerror"]
    own = [area.get_absolute_url(), person.get_absolute_url(), role.get_absolute_url()]
    histories = [f"/roles/{role.pk}/history/", f"/people/{person.pk}/history/", f"/people/{person.pk}/leave/"]
    for url in lists + own + histories:
        page = client.get(url).content.decode()
        assert "<img" not in page, url
