"""A version that comes into force is not forgotten: who keeps the register is asked to have it acknowledged, and the campaign for the
version before ends (K2; T4)."""

from django.urls import reverse

from ismsroles.core import clock, events, history
from ismsroles.core.models import AuditEvent
from ismsroles.notices.telling import end, end_all, tell
from ismsroles.records import kinds
from ismsroles.records.models import Version
from reviews import reviewers
from reviews.models import Campaign
from reviews.queries import campaigns as queries
from roles.actions.readers import readers_of
from roles.models import Person


def about_offer(version: int) -> str:
    """What the message that offers a campaign is about."""
    return f"campaign-offer:{version}"


def _in_force(told: list[AuditEvent]) -> None:
    """For kinds of documents that everybody reads."""
    everybodys = [kind.code for kind in kinds.known() if kind.for_everybody]
    rows = Version.objects.filter(pk__in=[int(event.subject_id) for event in told], kind__in=everybodys)
    for version in rows.order_by("pk"):
        people = Person.objects.select_related("user").filter(pk__in=reviewers.offices(clock.today()).ism)
        url = f"{reverse('campaign-add')}?version={version.pk}"
        tell(
            "campaign.offer",
            readers_of(people),
            key=str(version.pk),
            url=url,
            about=about_offer(version.pk),
            version=version,
        )


def _superseded(told: list[AuditEvent]) -> None:
    """Nobody is asked to acknowledge what is no longer in force; who had, stays written."""
    end(*(about_offer(int(event.subject_id)) for event in told))
    rows = Campaign.objects.select_for_update(of=("self",)).filter(
        state="open", version__in=[int(event.subject_id) for event in told]
    )
    for campaign in rows.select_related("version").order_by("pk"):
        campaign.state, campaign.closed_on = "closed", clock.today()
        history.save(campaign, actor=None)
        whole = queries.whole(queries.per_area(campaign, clock.today()))
        events.record("campaign.superseded", actor=None, subject=campaign, read=whole.read, asked=whole.asked)
        end_all(campaign.about)


events.listen(["version.published"], _in_force)
events.listen(["version.superseded"], _superseded)
