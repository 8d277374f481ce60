"""A policy or process version: handed in, sent to members of the team, signed off as any record is (T4; design rules 1, 2, 10)."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ismsroles.core import attachments, clock, events
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from ismsroles.core.models import Organisation, User
from ismsroles.core.shown import canonical
from ismsroles.records import actions as records
from ismsroles.records.models import Version
from reviews.actions.telling_signers import tell_signers
from reviews.minutes.paper import texts
from reviews.models import Paper
from reviews.papers.kind import KIND, missing
from roles.models import Policy, Process

SCHEMA = "policy-version/1"


@transaction.atomic
def hand_in(
    *, actor, number: str, summary: str, policy: Policy | None = None, process: Process | None = None,
    file: Any = None, link: str = "", sha256: str = "",
) -> Paper:  # fmt: skip
    """Freeze a version: the file is kept under its SHA-256, of a link the SHA-256 is written down. Nothing of it changes any more."""
    require(actor, f"{KIND}.prepare")
    paper = Paper(
        policy=policy,
        process=process,
        number=number.strip(),
        summary=summary.strip(),
        link=link,
        sha256=sha256.strip().lower(),
    )
    if (policy is None) == (process is None):
        raise Invalid(_("Choose a policy or a process, one of them."), "policy")
    _keep_file(paper, file)
    if not paper.sha256:
        raise Invalid(_("Write the SHA-256 of the file behind the link, or hand in the file."), "sha256")
    if not (paper.file or paper.link):
        raise Invalid(_("Hand in the file, or write where it is kept."), "file")
    snapshot = _content(paper, actor)
    if signs := missing(texts(snapshot)):
        raise Invalid(
            _("No font can print: %(signs)s. Write it in another way.") % {"signs": " ".join(signs[:10])}, "summary"
        )
    paper.version = records.freeze(
        kind=KIND,
        series=paper.series,
        number=paper.number,
        title=str(paper.subject),
        summary=paper.summary,
        snapshot=snapshot,
        actor=actor,
    )
    paper.handed_in_by, paper.handed_in_at = actor, clock.now()
    _saved(paper)
    events.record("paper.handed_in", actor=actor, subject=paper, sha256=paper.sha256)
    return paper


def _keep_file(paper: Paper, file: Any) -> None:
    if file is None:
        return
    kept = attachments.check(file.read(), file.name)
    if paper.sha256 and paper.sha256 != kept.sha256:
        raise Invalid(_("The file has another SHA-256 than the one written here. Look which file is meant."), "sha256")
    paper.file, paper.file_name, paper.sha256 = records.keep(kept.content, kept.media_type), kept.name, kept.sha256


def _content(paper: Paper, actor) -> bytes:
    found, owner = Organisation.current(), getattr(paper.subject, "owner", None)
    return canonical(
        {
            "schema": SCHEMA, "title": str(paper.subject), "kind": str(paper.subject._meta.verbose_name), "number": paper.number,
            "summary": paper.summary, "file_name": paper.file_name, "link": paper.link, "sha256": paper.sha256,
            "owner": owner.title if owner else "", "prepared_by": actor.name,
            "organisation": {"name": found.name, "legal_name": found.legal_name or found.name, "accent": found.accent,
                             "classification": found.classification, "language": (get_language() or "en").split("-")[0]},
            "frozen_at": clock.now().astimezone(clock.UTC).isoformat(timespec="seconds"),
        }
    )  # fmt: skip


def _saved(paper: Paper) -> None:
    try:
        paper.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(" ".join(messages), None if field == "__all__" else field) from error
    paper.save()


@transaction.atomic
def send_paper(version: Version, *, signers: Sequence[User], actor) -> Version:
    """Send it to members of the team: each of them reads and signs, or says why not."""
    named = [records.Signer.named(user, KIND) for user in signers]
    sent = records.send(version, signers=named, actor=actor)
    tell_signers("paper.waits", sent, [one.user for one in named])
    return sent
