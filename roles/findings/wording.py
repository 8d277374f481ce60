"""What is written twice, and what says nothing (coverage R2)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.findings import rule
from roles.findings.register import Found
from roles.queries.wording import overlaps, vague


@rule("R2.overlap", title=gettext_lazy("Two roles answer for the same"), clause="5.3", severity="warn")
def two_roles_answer_for_nearly_the_same(day: date) -> Found:
    """Each responsibility belongs to one role: two that say nearly the same are merged, moved, or kept with a reason (R2)."""
    for pair in overlaps():
        if pair.kept is None and "active" in (pair.one.role.state, pair.other.role.state):
            words = {"one": pair.one.role, "other": pair.other.role}
            yield {
                "sentence": _("%(one)s and %(other)s answer for nearly the same.") % words,
                "detail": f"“{pair.one.text}” “{pair.other.text}”",
                "url": reverse("overlap", args=[pair.one.pk, pair.other.pk]),
                "action": _("Look at both"),
                "since": None,
            }


@rule("R2.vague", title=gettext_lazy("Says nothing that can be checked"), clause="5.3", severity="note")
def a_responsibility_says_nothing_that_can_be_checked(day: date) -> Found:
    """A responsibility is written so that an auditor can check it (R2)."""
    for row, found in vague():
        if row.role.state == "active":
            words = {"role": row.role, "word": found[0].find.rstrip("*")}
            yield {
                "sentence": _("%(role)s: “%(word)s” says nothing that can be checked.") % words,
                "detail": f"“{row.text}” {found[0].why} {found[0].instead}",
                "url": reverse("responsibility-edit", args=[row.pk]),
                "action": _("Write it anew"),
                "since": None,
            }
