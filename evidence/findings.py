"""What is wrong with the document itself (coverage D2, D3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidence import snapshot
from evidence.changes import changes_between
from evidence.earlier import KIND, in_force, last_signed
from evidence.models import Remark
from ismsroles.core import clock, scope
from ismsroles.core.findings import rule
from ismsroles.core.models import Organisation
from ismsroles.records.models import Version
from roles.findings.register import place
from roles.policy import exceptions

Found = Iterator[dict[str, Any]]
WAITING_DAYS = 7


def changes_since_signed(day: date) -> list[dict[str, Any]]:
    """What in the register is no longer as the version in force says; empty when nothing, or nothing was ever signed."""
    return scope.remember(("changes since signed", day), lambda: _changes(day))


def _changes(day: date) -> list[dict[str, Any]]:
    last = last_signed()
    if last is None:
        return []
    found = Organisation.current()
    return changes_between(last, snapshot.register(day) | {"organisation": {"name": found.name, "scope": found.scope}})


@rule("D3.missing", title=gettext_lazy("No signed document"), clause="5.3", severity="warn")
def nothing_is_signed(day: date) -> Found:
    """There is a version of the document that top management signed (D2)."""
    if in_force() is None:
        detail = _("Until then nothing shows that top management agreed to who does what.")
        yield _row(
            _("No version of the roles document is signed yet."), _("Prepare a version"), "version-prepare", detail
        )


@rule("D3.changed", title=gettext_lazy("Changed since the signed version"), clause="5.3", severity="warn")
def the_register_has_changed(day: date) -> Found:
    """The version in force says what the register says (D3)."""
    changed = changes_since_signed(day)
    if changed:
        words = {"count": len(changed), "number": in_force().number}
        sentence = ngettext(
            "The register has %(count)d change since version %(number)s was signed.",
            "The register has %(count)d changes since version %(number)s was signed.",
            len(changed),
        )
        yield _row(sentence % words, _("See what changed"), "document", "; ".join(row["what"] for row in changed[:4]))


@rule("A3.appointed", title=gettext_lazy("Approver appointed by the board"), clause="5.3", severity="warn")
def the_board_appointed_an_approver(day: date) -> Found:
    """Whom an administrator entered as approver is looked at twice until a signed document prints it (decision 9)."""
    printed = {row["id"] for row in (last_signed() or {}).get("alone", {}).get("appointed", [])}
    for row in exceptions.approving_terms():
        if not row.is_succession or row.pk in printed or row.starts_on > day:
            continue
        words = {"person": row.person, "role": row.role, "who": row.proposed_by}
        sentence = _("%(person)s approves as %(role)s by decision of the board, recorded by %(who)s.") % words
        detail = _("Ask the board whether it is so. The next signed document prints it.")
        yield _row(sentence, _("Open the appointment"), "assignment", detail, row.pk)


@rule("D3.old", title=gettext_lazy("Signed version is old"), clause="5.3", severity="warn")
def the_version_is_old(day: date) -> Found:
    """The version in force was signed within the last year (D3, V1)."""
    version = in_force()
    if version is None:
        return
    due = snapshot.a_year_after(version.published_at.astimezone(clock.zone()).date())
    if due < day:
        sentence = _("Version %(number)s is older than 12 months.") % {"number": version.number}
        yield _row(sentence, _("Prepare a version"), "version-prepare", since=due)


@rule("D3.waiting", title=gettext_lazy("Waits for signatures"), clause="5.3", severity="warn")
def a_version_waits_for_signatures(day: date) -> Found:
    """A version that was sent is signed, or refused, within a week (D2)."""
    for version in Version.objects.filter(kind=KIND, state="sent").prefetch_related("signoffs"):
        since = version.sent_at.astimezone(clock.zone()).date()
        if (day - since).days > WAITING_DAYS:
            names = ", ".join(signoff.name for signoff in version.signoffs.all() if signoff.state == "waiting")
            words = {"number": version.number, "days": (day - since).days, "names": names}
            sentence = _("Version %(number)s has waited %(days)d days for signatures: %(names)s.") % words
            yield _row(sentence, _("Open the version"), "version", "", version.pk, since=since)


def _row(
    sentence: str, action: str, url: str, detail: str = "", *args: Any, since: date | None = None
) -> dict[str, Any]:
    return {"sentence": sentence, "url": place(url, *args), "action": action, "detail": detail, "since": since}


@rule("D4", title=gettext_lazy("An auditor waits for an answer"), clause="9.2", severity="warn")
def auditors_wait(day: date) -> Iterator[Found]:
    """A request of an auditor that nobody has answered."""
    for one in Remark.objects.filter(kind="request", answer="", at__date__lte=day):
        yield {
            "sentence": _("%(auditor)s asked: %(text)s") % {"auditor": one.by_name, "text": one.text},
            "url": reverse("audit-item", args=[one.item]),
            "action": _("Answer"),
            "since": one.at.astimezone(clock.zone()).date(),
        }
