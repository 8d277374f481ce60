"""Evidence packs: asked for, built by a worker, taken (D5)."""

import logging
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from evidence.models import Engagement, Pack
from ismsroles.core import clock, events, outbox
from ismsroles.core.access import may, require
from ismsroles.core.errors import Refusal, WrongState
from ismsroles.core.models import User

log = logging.getLogger(__name__)
VERB = "evidence.pack.ask"


@transaction.atomic
def ask(engagement: Engagement, *, actor: User) -> Pack:
    """Ask for a pack of today; one at a time for an engagement."""
    require(actor, VERB, engagement)
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if any(pack.is_building for pack in engagement.packs.all()[:5]):
        raise WrongState(_("A pack of this audit is being built already. Nothing was done."))
    pack = Pack.objects.create(engagement=engagement, asked_by=actor, asked_by_name=actor.name, asked_at=clock.now())
    events.record("pack.asked", actor=actor, subject=engagement)
    outbox.post("evidence.pack", {"pack": pack.pk}, key=f"pack:{pack.pk}")
    return pack


@outbox.handler("evidence.pack")
def _build_message(payload: dict) -> None:
    build(payload["pack"])


def build(pack_id: int) -> None:
    """Build it outside a transaction; a second run finds it done. With the rights of who asked: gone meanwhile, nothing is built."""
    pack = Pack.objects.select_related("engagement", "asked_by").get(pk=pack_id)
    if not pack.is_building:
        return
    if not (pack.asked_by.is_active and may(pack.asked_by, VERB, pack.engagement)):
        Pack.objects.filter(pk=pack_id).update(fault=_("Who asked for it no longer has access. Nothing was built."))
        return
    from evidence.pack import building  # the PDF engine is loaded by whoever builds

    try:
        built = building.build(
            pack.engagement, told=lambda done, total: Pack.objects.filter(pk=pack_id).update(done=done, total=total)
        )
    except Exception as error:
        log.exception("pack %s was not built", pack_id)
        said = error.message if isinstance(error, Refusal) else _("Something in the program failed. The log says more.")
        Pack.objects.filter(pk=pack_id).update(fault=said[:300])
        return
    with transaction.atomic():
        pack = Pack.objects.select_for_update().get(pk=pack_id)
        if pack.is_building:
            pack.file.save(f"{uuid4().hex}.zip", ContentFile(built.content), save=False)
            pack.sha256, pack.files, pack.finished_at = built.sha256, built.files, clock.now()
            pack.save()
            events.record("pack.built", actor=None, subject=pack.engagement, files=built.files, sha256=built.sha256)


def record_download(pack: Pack, *, actor: User) -> None:
    """Who took which pack, and when, is part of the log."""
    events.record("pack.downloaded", actor=actor, subject=pack.engagement, sha256=pack.sha256)
