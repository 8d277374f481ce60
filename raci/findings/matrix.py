"""The faults of the matrix as findings: one picture, worked out once, for all rules (M1, M2, M7)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ismsroles.core import scope
from ismsroles.core.findings import rule
from raci.checks import Fault, faults
from raci.differences import differences
from raci.queries.picture import picture
from raci.queries.published import published_rows

TITLES = {
    "M2.accountable": (_("Not exactly one accountable role"), "A.5.2", "stop"),
    "M2.responsible": (_("Nobody responsible"), "A.5.2", "warn"),
    "M2.authority": (_("Accountable without authority"), "A.5.2", "warn"),
    "M2.vacant": (_("Activity of a vacant role"), "A.5.2", "warn"),
    "M2.informed": (_("Nobody informed"), "A.5.2", "warn"),
    "A5.does-and-answers": (_("Does it and answers for it"), "A.5.3", "warn"),
    "M7.person": (_("One person answers for too much"), "A.5.2", "warn"),
    "M7.area": (_("One area answers for most"), "A.5.2", "warn"),
    "M1.unused": (_("Role in no activity"), "A.5.2", "note"),
}


def faults_of(day: date) -> list[Fault]:
    """All faults of the matrix on a day, worked out once for a request."""
    return scope.remember(("faults of the matrix", day), lambda: faults(picture(day)))


def _finder(id: str):
    def find(day: date) -> Iterator[dict[str, Any]]:
        for fault in faults_of(day):
            if fault.rule == id:
                names = ("sentence", "url", "action", "detail", "since")
                yield {name: getattr(fault, name) for name in names}

    return find


@rule("M1.draft", title=_("Matrix not published"), clause="A.5.2", severity="note")
def not_published(day: date) -> Iterator[dict[str, Any]]:
    """What is drafted stands in no document until it is published (rule 6)."""
    drafted, published = picture(day), published_rows()
    if not drafted.rows:
        return
    if published:
        count = len(differences(drafted, published))
        words = ngettext(
            "%d change of the matrix is not published.", "%d changes of the matrix are not published.", count
        )
        said, detail = words % count, gettext("The document prints what was published before.")
    else:
        count, said = 1, gettext("The matrix was never published.")
        detail = gettext("It stands in no document, and staff do not see it.")
    if count:
        yield {
            "sentence": said,
            "url": reverse("matrix-publish"),
            "action": gettext("Look at them"),
            "detail": detail,
            "since": None,
        }


for _id, (_title, _clause, _severity) in TITLES.items():
    rule(_id, title=_title, clause=_clause, severity=_severity)(_finder(_id))
