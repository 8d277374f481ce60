"""Open a campaign, acknowledge, remind, close (K2; design rules 2 and 12)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, NotAllowed, Stale, WrongState
from ismsroles.notices.models import Message
from ismsroles.notices.telling import Telling, end, end_all, tell_many
from ismsroles.records.models import Version
from reviews import sweep
from reviews.actions.offering import about_offer
from reviews.models import Campaign, Reading
from reviews.queries import campaigns as queries
from roles.actions.readers import reader_of
from roles.models import Person
from roles.policy import standing

SOON = 7  # days before the last one, and between reminders after it


@transaction.atomic
def open_campaign(version: Version, *, days: int, actor) -> Campaign:
    """Ask everybody who is there to acknowledge this version; who joins later is asked by the sweep."""
    require(actor, "reviews.campaign.keep")
    version = Version.objects.select_for_update().get(pk=version.pk)
    if not queries.offered(actor).filter(pk=version.pk).exists():
        raise Invalid(_("Choose a version that is in force and is not being acknowledged already."), "version")
    row = Campaign(
        version=version, sha256=version.final_id, days=days, opened_on=clock.today(), opened_by=actor
    )  # fmt: skip
    history.save(row, actor=actor)
    events.record("campaign.opened", actor=actor, subject=row, days=days, sha256=row.sha256)
    end(about_offer(version.pk))
    _remind(row, clock.today())
    return row


@transaction.atomic
def acknowledge_version(campaign: Campaign, *, actor, seen: str) -> Reading:
    """I have read it: for oneself only, and exactly what was shown. Twice has the effect of once."""
    who = standing(actor).person
    if who is None:
        raise NotAllowed(_("You are not in the register of people, so there is nothing for you to acknowledge."))
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("version").get(pk=campaign.pk)
    if seen != campaign.sha256:
        raise Stale(_("This is not the version that you were shown. Open it again and read it."))
    given = Reading.objects.filter(campaign=campaign, person=who).first()
    if given is not None:
        return given
    if campaign.state != "open":
        raise WrongState(_("This campaign is closed. Nothing was done."))
    row = Reading.objects.create(campaign=campaign, person=who, sha256=seen, at=clock.now(), by=actor)
    events.record("campaign.acknowledged", actor=actor, subject=campaign, sha256=seen)
    end(f"{campaign.about}{who.pk}")
    return row


@transaction.atomic
def close_campaign(campaign: Campaign, *, actor, reason: str = "") -> Campaign:
    """Nobody is asked or reminded any more; who had acknowledged by today stays written."""
    require(actor, "reviews.campaign.keep")
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("version").get(pk=campaign.pk)
    if campaign.state != "open":
        raise WrongState(_("This campaign is closed already."))
    campaign.state, campaign.closed_on = "closed", clock.today()
    history.save(campaign, actor=actor, reason=reason)
    whole = queries.whole(queries.per_area(campaign, clock.today()))
    events.record("campaign.closed", actor=actor, subject=campaign, read=whole.read, asked=whole.asked, reason=reason)
    end_all(campaign.about)
    return campaign


@sweep.also
def remind_of_campaigns() -> int:
    """Whoever has not acknowledged is asked, reminded a week before the last day, and each week after it. Safe to run twice."""
    rows = Campaign.objects.filter(state="open").select_related("version")
    return sum(_remind(row, clock.today()) for row in rows)


@transaction.atomic
def _remind(campaign: Campaign, today: date) -> int:
    told = set(Message.objects.filter(about__startswith=campaign.about).values_list("about", "code", "params__step"))
    due = [one for one in _tellings(campaign, today) if (one.about, one.code, one.params["step"]) not in told]
    tell_many(due)
    return len(due)


def _tellings(campaign: Campaign, today: date) -> Iterable[Telling]:
    url = reverse("campaign-read", args=[campaign.pk])
    for person in queries.missing(campaign, today).only("pk", "name", "email", "starts_on", "user_id"):
        due_on = campaign.due_on(person.starts_on)
        code, step = _step(due_on, today)
        words = {"version": campaign, "day": due_on, "step": step}
        yield Telling(code, reader_of(person), f"{campaign.pk}-{step}", url, f"{campaign.about}{person.pk}", words)


def _step(due_on: date, today: date) -> tuple[str, int]:
    """Which message is the newest one due: the first, the one a week before, or the n-th after the last day."""
    left = (due_on - today).days
    if left > SOON:
        return "campaign.asked", 0
    return ("campaign.soon", 1) if left >= 0 else ("campaign.late", 2 + (-left - 1) // SOON)


__all__ = ["Person", "acknowledge_version", "close_campaign", "open_campaign", "remind_of_campaigns"]
