"""Campaigns and interested parties: numbers for who decides, names for who keeps, audits or represents."""

from types import SimpleNamespace

from ismsroles.core import clock
from reviews.actions.parties import give_link
from reviews.models import Campaign, Party, Sheet
from tests.access_walk import Row

NUMBERS = "200 200 200 200 403 403 200 403"
NAMES = "403 200 403 200 403 403 200 403"
KEEPS, KEEPS_POST = "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"
READS = "200 200 200 403 403 403 200 403"
KEPT, KEPT_POST = "403 200 403 404 404 404 403 404", "403 422 403 404 404 404 403 404"
# fmt: off
TABLE = [
    Row("campaigns", NUMBERS, "405"),
    Row("campaign", NUMBERS, "405", lambda w: [w.campaign.pk]),
    Row("campaign-add", KEEPS, KEEPS_POST),
    Row("campaign-export", NAMES, "405", lambda w: [w.campaign.pk, "csv"]),
    Row("campaign-export", "403 404 403 404 403 403 404 403", "405", lambda w: [w.campaign.pk, "exe"], what="unknown kind"),
    Row("campaign-close", KEEPS, "403 302 403 403 403 403 403 403", lambda w: [w.campaign.pk]),
    Row("campaign-record", KEEPS, KEEPS_POST, lambda w: [w.campaign.pk]),
    Row("campaign-sheet", NAMES, "405", lambda w: [w.sheet.pk]),
    Row("parties", READS, "405"),
    Row("party", "200 200 200 404 404 404 200 404", "405", lambda w: [w.party.pk]),
    Row("party-add", KEEPS, KEEPS_POST),
    Row("party-edit", KEPT, KEPT_POST, lambda w: [w.party.pk]),
    Row("party-copy", KEPT, KEPT_POST, lambda w: [w.party.pk]),
    Row("party-link", KEPT, KEPT_POST, lambda w: [w.party.pk]),
    Row("party-retire", KEPT, "403 302 403 404 404 404 403 404", lambda w: [w.party.pk]),
    Row("published-link-file", "200", "405", lambda w: [w.party_secret], what="opens a version", stranger="200 405"),
    Row("campaign-read", "200", "403 409 409 409 409 409 403 409", lambda w: [w.campaign.pk]),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """Everybody is asked to acknowledge the version in force; a customer has a link to it."""
    world.party = Party.objects.create(name="Harbour Bank")
    given = {"version": world.published, "ends_on": clock.today()}
    world.party_secret = give_link(world.party, actor=world.ism, **given)[1]
    world.campaign = Campaign.objects.create(
        version=world.published, sha256=world.published.final_id, opened_on=clock.today(), opened_by=world.ism
    )
    world.sheet = Sheet.objects.create(
        campaign=world.campaign, signed_on=clock.today(), file_id=world.published.final_id, file_name="list.pdf",
        recorded_by=world.ism, recorded_at=clock.now(),
    )  # fmt: skip
