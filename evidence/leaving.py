"""Signatures that wait for somebody who leaves (D2; rule 5): said when the last day is recorded, and a finding until asked of others."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from ismsroles.records.models import SignOff, Version
from roles.findings.register import LEAVING_DAYS
from roles.holdings import Holding, provider
from roles.leaving import Left, Outcome, People, left_open
from roles.terms import in_words


def waiting() -> QuerySet[SignOff]:
    """Places of signers on versions of any document that were sent and not signed by them yet."""
    rows = SignOff.objects.filter(state="waiting", version__state="sent", user__person__isnull=False)
    return rows.select_related("version", "user__person").order_by("pk")


@left_open(
    "signature",
    lambda people: waiting().annotate(named=Concat("version__title", Value(", "), "version__number")).filter(user__person__in=people),
    pk="version_id", person="user__person", title="named", more="version__kind",
)  # fmt: skip
def signatures_wait(rows: Sequence[Left], people: People, *, actor, reason: str) -> Iterator[Outcome]:
    """A signature cannot be given by somebody else in their place: the version is recalled and sent anew."""
    for row in rows:
        sentence = _(
            "%(version)s waits for this signature. If it is not given in time, recall the version and send it to somebody else."
        )
        url = Version(pk=row.pk, kind=row.more).get_absolute_url()
        yield Outcome(row.person, sentence % {"version": row.title}, url, is_open=True)


@rule("D2.signer", title=gettext_lazy("A signer leaves"), clause="5.3", severity="warn")
def a_signer_leaves(day: date) -> Iterator[dict[str, Any]]:
    """No version waits for the signature of somebody who has left, or leaves within 30 days (D2)."""
    soon = day + timedelta(days=LEAVING_DAYS)
    for signoff in waiting().filter(user__person__last_day__lte=soon):
        person = signoff.user.person
        words = {"version": signoff.version, "person": person, "day": in_words(person.last_day)}
        gone = person.last_day < day
        sentence = (
            _("%(version)s waits for %(person)s, who left on %(day)s.")
            if gone
            else _("%(version)s waits for %(person)s, who leaves on %(day)s.")
        )
        yield {
            "sentence": sentence % words,
            "url": signoff.version.get_absolute_url(),
            "action": _("Open the version"),
            "detail": _("Recall it and send it to somebody else."),
            "since": person.last_day if gone else None,
        }


@provider
def _signatures(people: Collection[int] | None, first: date, last: date | None) -> Iterable[Holding]:
    """What waits for somebody's signature is theirs to do, until it is signed."""
    rows = waiting()
    for signoff in rows if people is None else rows.filter(user__person__in=people):
        version = signoff.version
        yield Holding(
            person=signoff.user.person.pk, kind="signature", how="signer", label=str(version), url=version.get_absolute_url(), pk=signoff.pk
        )  # fmt: skip
