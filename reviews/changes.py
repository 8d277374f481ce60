"""Which change opens which review: the one table (V2, V4). `docs/reviews.md` prints it, and a test compares.

Each entry names the events it listens to. In the transaction of the change a message is left in the outbox; the worker opens what it
asks for, once, however often it is delivered. However many events one gesture has, they are read together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events, outbox
from ismsroles.core.models import AuditEvent
from reviews import opening, touched
from reviews.opening import Wanted

Touches = Callable[[Sequence[AuditEvent]], Iterable[tuple[AuditEvent, str, int]]]
CHUNK = 500


@dataclass(frozen=True)
class Change:
    """One kind of change: its events, the things it touches, and how many days the review may take."""

    what: Any
    codes: tuple[str, ...]
    touches: Touches
    kinds: tuple[str, ...]  # which kinds of things it can touch
    of: Any  # which of them, in words
    days: int


CHANGES = [
    Change(
        _("Somebody leaves"), ("person.leaves",), touched.held_by_leavers, ("role",),
        _("each role the person holds or stands in for"), 14,
    ),
    Change(
        _("An owner leaves"), ("asset.owner_leaves", "risk.owner_leaves"), touched.itself, ("asset", "risk"),
        _("what the person owns"), 14,
    ),
    Change(
        _("Somebody moves to another area, job or line manager"), ("person.moved",), touched.held_now, ("role",),
        _("each role the person holds or stands in for"), 14,
    ),
    Change(
        _("Somebody joins a role"), ("assignment.approved", "assignment.founded", "assignment.succession_recorded"),
        touched.role_of_seat, ("role",), _("the role"), 30,
    ),
    Change(
        _("Somebody no longer holds a role"), ("assignment.ended", "assignment.declined"), touched.role_of_seat, ("role",),
        _("the role"), 14,
    ),
    Change(
        _("A role, responsibility or authority changes"),
        (
            "role.changed", "role.brought_back", "responsibility.added", "responsibility.changed", "responsibility.moved",
            "responsibility.removed", "authority.added", "authority.changed", "authority.removed", "wording.merged",
        ),
        touched.itself, ("role",), _("the role"), 30,
    ),
    Change(
        _("A role is retired"), ("role.retired",), touched.the_one("matrix"), ("matrix",), _("the published matrix"), 30,
    ),
    Change(
        _("An area is added or removed"), ("area.added", "area.removed"), touched.the_one("whole"), ("whole",),
        _("the roles as a whole"), 30,
    ),
    Change(
        _("A cloud service (SaaS) or a supplier is added"), ("asset.added", "asset.brought_back"), touched.new_services,
        ("asset",), _("its owner"), 30,
    ),
    Change(
        _("A restructure is recorded in the chart"), ("chart.restructured",), touched.restructured, ("role", "whole"),
        _("the roles of the areas it names, and the roles as a whole"), 30,
    ),
    Change(
        _("Somebody declares a restructure, a company bought, or another change"), ("change.declared",), touched.declared,
        ("role", "whole"), _("the roles it names, those of the areas it names, and the roles as a whole"), 30,
    ),
    Change(
        _("A policy is added or changed"), ("policy.added", "policy.changed", "policy.brought_back"), touched.itself,
        ("policy",), _("the policy with each role that puts it into effect"), 30,
    ),
    Change(
        _("An authorisation level changes"), ("level.changed",), touched.itself, ("level",), _("the level"), 30,
    ),
    Change(
        _("An exception from separation is ended before its time"), ("separation.exception_ended",),
        touched.held_under_exception, ("role",), _("each role the person holds or stands in for"), 14,
    ),
    Change(
        _("The exception for the only approver is ended"), ("exception.ended",), touched.the_one("whole"), ("whole",),
        _("the roles as a whole"), 14,
    ),
    Change(
        _("The rules of the management review team change"), ("team.charter_changed",), touched.itself, ("team",),
        _("the management review team"), 30,
    ),
    Change(
        _("Somebody reports an anomaly"), ("anomaly.reported",), touched.anomalies, ("role", "whole"),
        _("the role it names, else the roles as a whole"), 14,
    ),
    Change(
        _("An audit of roles finds a nonconformity"), ("role_audit.nonconformity",), touched.the_one("whole"), ("whole",),
        _("the roles as a whole"), 30,
    ),
]  # fmt: skip


def wanted(told: Sequence[AuditEvent]) -> Iterator[Wanted]:
    """What these events make somebody look at."""
    for change in CHANGES:
        if heard := [event for event in told if event.code in change.codes]:
            for event, kind, subject in change.touches(heard):
                yield Wanted(
                    kind, subject, event.code, f"{event.pk}:{kind}:{subject}", event.at, change.days, event.params,
                    event.actor_name, event.subject_label, event.pk,
                )  # fmt: skip


def _heard(told: list[AuditEvent]) -> None:
    """In the transaction of the change: what it asks for is left in the outbox, so that neither is without the other (decision 20)."""
    pks = [event.pk for event in told]
    chunks = [pks[start : start + CHUNK] for start in range(0, len(pks), CHUNK)]
    outbox.post_many("reviews.changed", {f"reviews:{pks[0]}-{pks[-1]}": {"events": pks} for pks in chunks})


@outbox.handler("reviews.changed")
def after_change(payload: dict[str, Any]) -> None:
    """Open or join what these events ask for. May run twice: each event counts once for each thing."""
    told = list(AuditEvent.objects.filter(pk__in=payload["events"]).order_by("pk"))
    opening.open_or_join(wanted(told))


events.listen([code for change in CHANGES for code in change.codes], _heard)
