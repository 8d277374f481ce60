"""What auditors write beside the checklist, and what they are answered (D4)."""

from django.db import transaction
from django.utils.translation import gettext as _

from evidence.models import Engagement, Remark
from evidence.policy import engagements_of
from evidence.workspace.items import items
from ismsroles.core import clock, events
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.core.models import User


@transaction.atomic
def write(item: str, *, kind: str, text: str, actor: User) -> Remark:
    """A note, which only its writer reads, or a request, which the organisation answers in place. While the engagement lasts."""
    require(actor, "evidence.remark.write")
    engagement = engagements_of(actor).current(clock.today()).order_by("-ends_on").first()
    if item not in items() or engagement is None or not text.strip():
        raise Invalid(_("Write something; an empty remark is not kept."), "text")
    written = Remark.objects.create(
        engagement=Engagement.objects.get(pk=engagement.pk),
        item=item,
        kind=kind,
        text=text,
        by=actor,
        by_name=actor.name,
        at=clock.now(),
    )
    if kind == "request":  # a note is nobody else's business, not even that it was written
        events.record("remark.requested", actor=actor, subject=engagement, item=str(items()[item].title), text=text)
    return written


@transaction.atomic
def answer(remark: Remark, *, answer: str, actor: User) -> Remark:
    """The organisation's answer, once."""
    require(actor, "evidence.remark.answer")
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    if remark.kind != "request" or remark.answer:
        raise WrongState(_("This request was answered already. Nothing was changed."))
    if not answer.strip():
        raise Invalid(_("Write the answer."), "answer")
    remark.answer, remark.answered_by, remark.answered_by_name, remark.answered_at = (
        answer,
        actor,
        actor.name,
        clock.now(),
    )
    remark.save()
    events.record("remark.answered", actor=actor, subject=remark.engagement, text=remark.text, answer=answer)
    return remark
