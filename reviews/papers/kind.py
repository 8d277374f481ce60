"""Versions of policies and processes as a kind of record: signed off by the management review team, read by everybody (T4)."""

from importlib.metadata import version

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.core import access, clock, events, history
from ismsroles.records import kinds
from ismsroles.records.models import SignOff, Version
from reviews.minutes.kind import identity, missing
from reviews.models import Paper
from reviews.policy.meetings import may_sign

KIND = "policy-version"


def render_draft(snapshot: bytes) -> bytes:
    from reviews.papers import sheet  # the PDF engine is loaded by whoever renders, not by every process

    return sheet.render(snapshot, None)


def render_final(snapshot: bytes, signoffs: bytes, log_head: str) -> bytes:
    from reviews.papers import sheet

    return sheet.render(snapshot, signoffs, log_head)


def sees(user) -> Q:
    """What is signed off is for everybody in the register; drafts for the team, and for those who keep, sign or check them."""
    if access.may(user, "reviews.meeting.see"):
        return Q()
    if not access.may(user, "roles.register.see"):
        return Q(pk__in=())
    asked = SignOff.objects.filter(user=user).values("version")
    return Q(state__in=["published", "superseded"]) | Q(pk__in=asked)


def in_force(signed: Version) -> None:
    """The policy in the register is at the version that was signed off."""
    paper = Paper.objects.select_related("policy", "handed_in_by").filter(version=signed).first()
    if paper is None or paper.policy is None:
        return
    policy = paper.policy
    policy.version, policy.dated = paper.number, clock.today()
    policy.link = paper.link or policy.link
    history.save(policy, actor=None, reason=_("Signed off by the management review team."))
    events.record("policy.signed_off", actor=None, subject=policy, version=paper.number, sha256=paper.sha256)


def home(_version: Version) -> tuple[str, str]:
    """The list of them."""
    return _("Policies and processes to sign off"), reverse("papers")


kinds.register(
    kinds.Kind(
        KIND, render_draft, render_final, f"weasyprint {version('weasyprint')}", may_sign, identity=identity, missing=missing,
        visible=sees, send="paper-send", home=home, in_force=in_force, for_everybody=True,
    )
)  # fmt: skip
