"""Who cannot sign in acknowledges on paper; the information security manager records it with the paper (K2, A4)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import attachments, clock, events
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.notices.telling import end
from ismsroles.records import actions as records
from reviews.models import Campaign, Reading, Sheet
from reviews.queries import campaigns as queries
from roles.models import Person


@transaction.atomic
def record_sheet(
    campaign: Campaign, *, actor, people: Sequence[Person], signed_on: date, reference: str = "", file=None
) -> Sheet:
    """These people signed a paper that names this version. Nobody with a login is recorded: they say so themselves."""
    require(actor, "reviews.campaign.keep")
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("version").get(pk=campaign.pk)
    if campaign.state != "open":
        raise WrongState(_("This campaign is closed. Nothing was done."))
    found = list(queries.on_paper(campaign, clock.today()).filter(pk__in=[one.pk for one in people]).order_by("pk"))
    if not found or len(found) != len({one.pk for one in people}):
        raise Invalid(
            _("Choose people without a login who have not acknowledged yet. The list has changed meanwhile."), "people"
        )
    if not campaign.opened_on <= signed_on <= clock.today():
        raise Invalid(_("Write a day since the campaign began, and not one in the future."), "signed_on")
    sheet = _kept(Sheet(campaign=campaign, signed_on=signed_on, reference=reference.strip(), recorded_by=actor), file)
    _record(campaign, sheet, found, actor)
    return sheet


def _kept(sheet: Sheet, file) -> Sheet:
    if file is None and not sheet.reference:
        raise Invalid(_("Attach the paper, or write where it can be found."), "reference")
    if file is not None:
        kept = attachments.check(file.read(), file.name)
        sheet.file, sheet.file_name = records.keep(kept.content, kept.media_type), kept.name
    sheet.recorded_at = clock.now()
    sheet.save()
    return sheet


def _record(campaign: Campaign, sheet: Sheet, people: Sequence[Person], actor) -> None:
    words = {"signed_on": sheet.signed_on.isoformat(), "reference": sheet.reference or sheet.file_name}
    rows = [
        Reading(campaign=campaign, person=one, sha256=campaign.sha256, at=sheet.recorded_at, by=actor, sheet=sheet)
        for one in people
    ]
    Reading.objects.bulk_create(rows)
    events.record_many(
        [events.prepare("campaign.recorded", actor=actor, subject=campaign, person=one, **words) for one in people]
    )
    end(*(f"{campaign.about}{one.pk}" for one in people))
