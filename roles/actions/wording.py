"""Resolve two responsibilities that say nearly the same: keep both with a reason, or merge them into one (R2; design rule 7)."""

from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, Stale
from roles.actions import register
from roles.models import KeptPair, Responsibility, ResponsibilityDuty


@transaction.atomic
def keep_pair(one: Responsibility, other: Responsibility, *, actor, reason: str, seen: str = "") -> KeptPair:
    """Both stay, for a reason that is remembered with the two wordings; another wording brings the pair back."""
    require(actor, "roles.role.keep")
    one, other = _locked(one, other)
    _refuse_changed(one, other, seen)
    made = KeptPair(
        one=one.pk, other=other.pk, text_one=one.text, text_other=other.text, reason=reason.strip(), kept_by=actor, kept_at=clock.now()
    )  # fmt: skip
    history.save(made, actor=actor, reason=reason)
    events.record("wording.kept", actor=actor, subject=one.role, reason=reason, one=one.role, other=other.role)
    return made


@transaction.atomic
def merge_pair(
    one: Responsibility,
    other: Responsibility,
    *,
    actor,
    into: Responsibility,
    text: str,
    reason: str = "",
    seen: str = "",
) -> Responsibility:
    """One of the two carries the wording from now on, with the duties of both; the other role no longer has it (rule 7)."""
    require(actor, "roles.role.keep")
    one, other = _locked(one, other)
    _refuse_changed(one, other, seen)
    kept, gone = (one, other) if into.pk == one.pk else (other, one)
    _take_marks(kept, gone, actor)
    was = gone.role
    register.remove_responsibility(gone, actor=actor, reason=reason or _("Merged with %(role)s.") % {"role": kept.role})
    kept = register.change_responsibility(kept, text, actor=actor, reason=reason)
    events.record("wording.merged", actor=actor, subject=kept.role, other=was, text=text, reason=reason)
    return kept


def both(one: Responsibility, other: Responsibility) -> str:
    """The two wordings as a form shows them: what is decided is decided on them."""
    return "\n".join(row.text for row in sorted((one, other), key=lambda row: row.pk))


def _refuse_changed(one: Responsibility, other: Responsibility, seen: str) -> None:
    if seen and " ".join(seen.split()) != " ".join(both(one, other).split()):
        raise Stale(_("One of the two was changed while you were reading. Nothing was done; read them again."))


def _locked(one: Responsibility, other: Responsibility) -> list[Responsibility]:
    """Both rows as they are now, the lower number first."""
    rows = Responsibility.objects.select_for_update(of=("self",)).select_related("role")
    found = list(rows.filter(pk__in=[one.pk, other.pk]).order_by("pk"))
    if len(found) != 2 or found[0].role_id == found[1].role_id:
        raise Invalid(_("These are no longer two responsibilities of two roles. Nothing was done."))
    return found


def _take_marks(kept: Responsibility, gone: Responsibility, actor) -> None:
    present = set(kept.duty_links.values_list("tag_id", flat=True))
    new = [
        ResponsibilityDuty(responsibility=kept, tag=link.tag)
        for link in gone.duty_links.select_related("tag")
        if link.tag_id not in present
    ]
    history.bulk_create(new, ResponsibilityDuty, actor=actor)
