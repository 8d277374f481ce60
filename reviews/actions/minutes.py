"""The minutes: frozen as they are, signed by the chair, kept as PDF (T3; design rules 2, 9, 10)."""

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, WrongState
from ismsroles.records import actions as records
from ismsroles.records.models import Version
from reviews.actions.meetings import locked, refuse_minuted
from reviews.actions.telling_signers import tell_signers
from reviews.meeting_states import MEETING
from reviews.minutes import content
from reviews.minutes.kind import KIND, missing
from reviews.models import Meeting
from reviews.queries.meetings import attendance_of, chaired
from reviews.queries.team import team
from roles.models import Person


@transaction.atomic
def freeze_minutes(meeting: Meeting, *, actor, summary: str = "") -> Version:
    """Keep what was minuted as it is now; nothing of it changes until the minutes are recalled or not signed."""
    meeting = locked(meeting)
    MEETING.move(meeting.state, "minute")
    require(actor, f"{KIND}.prepare")
    refuse_minuted(meeting)
    chair = _chair(meeting)
    if chair.user is not None and chair.user.pk == actor.pk:
        raise WrongState(_("You chaired it, so you sign the minutes. Somebody else freezes them."))
    snapshot = content.build(meeting, prepared_by=actor.name)
    _refuse_unprintable(snapshot)
    made = records.freeze(
        kind=KIND, series=f"meeting-{meeting.pk}", number=meeting.number, title=_("Minutes of the management review"),
        summary=summary.strip() or _("What was said, decided and given to do."), snapshot=snapshot, actor=actor,
    )  # fmt: skip
    meeting.minutes = made
    history.save(meeting, actor=actor)
    events.record("meeting.minuted", actor=actor, subject=meeting, sha256=made.snapshot_id)
    return made


@transaction.atomic
def send_minutes(meeting: Meeting, *, actor) -> Version:
    """Send the frozen minutes to who chaired the meeting, who reads and signs them."""
    meeting = locked(meeting)
    if meeting.minutes is None:
        raise WrongState(_("Freeze the minutes first."))
    chair = _chair(meeting)
    if chair.user is None or not chair.user.is_active:
        raise Invalid(
            _("%(person)s chaired it and has no login, so cannot sign here. Invite them first.") % {"person": chair}
        )
    signer = records.Signer.named(chair.user, KIND)
    sent = records.send(meeting.minutes, signers=[signer], actor=actor)
    events.record("meeting.minutes_sent", actor=actor, subject=meeting, chair=chair)
    tell_signers("minutes.waits", sent, [chair.user])
    return sent


def _chair(meeting: Meeting) -> Person:
    found = team(meeting.day)
    chair = chaired(found, attendance_of(meeting)) if found is not None else None
    if chair is None:
        raise WrongState(_("Neither the chair nor a deputy of the chair was there, so nobody can sign the minutes."))
    return Person.objects.select_related("user").get(pk=chair.pk)


def _refuse_unprintable(snapshot: bytes) -> None:
    from reviews.minutes import paper  # the PDF engine is loaded by whoever needs it

    if signs := missing(paper.texts(snapshot)):
        raise Invalid(
            _("No font of the minutes can print: %(signs)s. Write it in another way.") % {"signs": " ".join(signs[:10])}
        )
