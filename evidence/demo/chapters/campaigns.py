"""Who was asked to acknowledge the document, and whom outside it was given to (K2)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from evidence.demo.step import Step
from ismsroles.core import clock
from ismsroles.core.models import User
from reviews.actions import campaigns, parties, sheets
from reviews.models import Campaign, Party
from reviews.queries.campaigns import on_paper

if TYPE_CHECKING:
    from evidence.demo.loading import Story

LATE = 60
ASKED, SIGNED = -10, -7
ON_PAPER = 34  # people of the two meetings at which the list went round
PARTIES = [
    {"name": "Stadskliniek Noorderhaven", "kind": "customer", "contact": "Privacy office", "email": "privacy@noorderhaven.example",
     "interest": "Contract of 2024, annex 3: who answers for the security of our results."},
    {"name": "Tessellate Managed Hosting", "kind": "supplier", "contact": "Service desk", "email": "desk@tessellate.example",
     "interest": "Whom they tell of an incident, at any hour."},
    {"name": "Health data authority", "kind": "regulator", "interest": "Asked in the spring who may stop a processing."},
]  # fmt: skip


def steps(story: "Story") -> Iterator[Step]:
    """Everybody is asked; those without a login signed a list; a customer has a copy, a supplier a link."""
    yield Step(-190, LATE, lambda: _list(story))
    yield Step(ASKED, LATE, lambda: campaigns.open_campaign(story.versions["1.0"], days=14, actor=story.ism()))
    yield Step(SIGNED, LATE, lambda: _on_paper(story))
    yield Step(SIGNED + 1, LATE, lambda: _themselves(story))
    yield Step(-30, LATE, lambda: _link(story))


def _list(story: "Story") -> None:
    for row in PARTIES:
        party = parties.add_party(actor=story.ism(), **row)
        if party.kind == "customer":
            given = {
                "version": story.versions["1.0"],
                "given_on": clock.today(),
                "note": "By mail, to the privacy office",
            }
            parties.record_copy(party, actor=story.ism(), **given)


def _link(story: "Story") -> None:
    party = Party.objects.get(kind="supplier")
    until = clock.today() + timedelta(days=90)
    parties.give_link(
        party, actor=story.ism(), version=story.versions["1.0"], ends_on=until, note="In the service portal"
    )


def _on_paper(story: "Story") -> None:
    campaign = Campaign.objects.get()
    people = list(on_paper(campaign, clock.today()).order_by("name_key", "pk")[:ON_PAPER])
    reference = "Lists of the two staff meetings, folder 12"
    sheets.record_sheet(campaign, actor=story.ism(), people=people, signed_on=clock.today(), reference=reference)


def _themselves(story: "Story") -> None:
    campaign = Campaign.objects.get()
    keys = [key for key, part in story.parts.items() if part not in ("colleague", "holder")]
    for user in User.objects.filter(person__in=[story.people[key] for key in keys]).order_by("pk"):
        campaigns.acknowledge_version(campaign, actor=user, seen=campaign.sha256)
