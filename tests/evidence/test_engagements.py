"""Auditors come and go by date, by an invitation of their own (coverage D4; design §5)."""

from datetime import timedelta

import pytest

from evidence import actions
from evidence.actions.engagements import invite_again
from evidence.policy import auditors_of, audits_now
from ismsroles.core import access, clock
from ismsroles.core.errors import Invalid, NotAllowed, WrongState
from ismsroles.core.models import AuditEvent, Invitation, OutboxMessage, User

pytestmark = pytest.mark.django_db


def _open(cast, *, starts: int = 0, lasts: int = 5, actor=None):
    first = clock.today() + timedelta(days=starts)
    days = {"starts_on": first, "ends_on": first + timedelta(days=lasts)}
    return actions.open_engagement(name="Stage 2", firm="Certifier", actor=actor or cast.ism, **days)


def _name(cast, engagement, email="new@certifier.example", name="Nora New"):
    return actions.name_auditor(engagement, name=name, email=email, actor=cast.ism)


def test_a_named_auditor_gets_a_login_a_grant_and_one_invitation(cast):
    auditor = _name(cast, _open(cast))
    assert audits_now(auditor) and access.may(auditor, "evidence.audit.see")
    assert Invitation.objects.filter(user=auditor).count() == 1
    assert OutboxMessage.objects.get(kind="mail").payload["to"] == "new@certifier.example"


def test_the_link_is_shown_to_nobody_else(cast, as_user):
    engagement = _open(cast)
    response = as_user("ism").post(
        f"/audit/engagements/{engagement.pk}/auditors/", {"name": "N", "email": "n@c.example"}, follow=True
    )
    secret = OutboxMessage.objects.get(kind="mail").payload["text"].split("/")[-2]
    assert secret not in response.content.decode() and "n@c.example" in response.content.decode()


def test_access_begins_on_the_first_day_and_ends_after_the_last(cast):
    auditor = _name(cast, _open(cast, starts=2, lasts=3))
    open_days = [day for day in range(8) if _audits_in(auditor, day)]
    assert open_days == [2, 3, 4, 5]


def _audits_in(auditor, days: int) -> bool:
    with clock.at(clock.now() + timedelta(days=days)):
        return audits_now(auditor)


def test_an_auditor_whose_part_is_ended_has_no_access_with_the_next_request(cast, as_user):
    browser = as_user("auditor")
    assert browser.get("/audit/").status_code == 200
    actions.end_auditor(cast.engagement, cast.auditor, actor=cast.ism)
    assert browser.get("/audit/").status_code == 403


def test_ending_an_audit_ends_the_access_of_all_its_auditors(cast):
    actions.end(cast.engagement, actor=cast.ism)
    assert not audits_now(cast.auditor)
    with pytest.raises(WrongState):
        actions.end(cast.engagement, actor=cast.ism)


def test_an_audit_that_begins_today_can_be_ended_today(cast):
    engagement = actions.end(_open(cast), actor=cast.ism)
    assert engagement.ends_on == clock.today() - timedelta(days=1)


def test_a_login_that_exists_is_used_and_not_made_twice(cast):
    before = User.objects.count()
    _name(cast, _open(cast), email="COLE.Colleague@testhouse.example", name="Cole")
    assert User.objects.count() == before


def test_nobody_is_named_twice(cast):
    engagement = _open(cast)
    _name(cast, engagement)
    with pytest.raises(Invalid, match="named already"):
        _name(cast, engagement)


def test_nobody_is_named_for_an_audit_that_is_over(cast):
    with pytest.raises(WrongState):
        _name(cast, _open(cast, starts=-20))


def test_the_last_day_is_not_before_the_first(cast):
    with pytest.raises(Invalid, match="before the first day"):
        _open(cast, lasts=-1)


def test_an_audit_lasts_a_year_at_most(cast):
    with pytest.raises(Invalid):
        _open(cast, lasts=400)


def test_every_step_is_in_the_log(cast):
    engagement = _open(cast)
    auditor = _name(cast, engagement)
    actions.change(engagement, firm="Another", actor=cast.ism)
    actions.end_auditor(engagement, auditor, actor=cast.ism)
    actions.end(engagement, actor=cast.ism)
    told = list(AuditEvent.objects.filter(code__startswith="engagement.").order_by("pk").values_list("code", flat=True))
    assert told == [f"engagement.{verb}" for verb in ("opened", "auditor_named", "changed", "auditor_ended", "ended")]


@pytest.mark.parametrize("who", ["top", "holder", "colleague", "auditor", "representative"])
def test_only_who_keeps_the_register_or_runs_the_system_opens_an_audit(cast, who):
    with pytest.raises(NotAllowed):
        _open(cast, actor=getattr(cast, who))


def test_the_administrator_may_open_one(cast):
    assert auditors_of(_open(cast, actor=cast.administrator)).count() == 0


def test_an_invitation_is_sent_again_until_the_auditor_has_signed_in(cast):
    engagement = _open(cast)
    auditor = _name(cast, engagement)
    invite_again(engagement, auditor, actor=cast.ism)
    assert Invitation.objects.filter(user=auditor, expires_at__gt=clock.now()).count() == 1
    User.objects.filter(pk=auditor.pk).update(last_login=clock.now())
    with pytest.raises(WrongState):
        invite_again(engagement, User.objects.get(pk=auditor.pk), actor=cast.ism)


def test_auditors_see_their_own_audits_only(cast, as_user):
    other = _open(cast)
    browser = as_user("auditor")
    assert browser.get(f"/audit/engagements/{cast.engagement.pk}/").status_code == 200
    assert browser.get(f"/audit/engagements/{other.pk}/").status_code == 404
