"""The import of people: the file, the columns, and the answers row by row."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from ismsroles.core import waiting_pages
from roles.imports import PlannedRow
from roles.imports.matching import NEW, SAME, SKIP


class UploadForm(waiting_pages.UploadForm):
    """The list itself, and what it holds."""

    kind = forms.ChoiceField(
        label=_("What the list holds"),
        choices=[("changes", _("Changes only")), ("full", _("Everybody"))],
        widget=forms.RadioSelect,
        initial="changes",
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].option_hints = {
            "changes": _("People who are not in it stay as they are"),
            "full": _("You are asked about everybody who is missing from it"),
        }

    def clean_kind(self) -> str:
        """Nobody is asked about as missing unless the list is said to hold everybody."""
        return self.cleaned_data["kind"] or "changes"


class ConfirmForm(forms.Form):
    """How many people leave with the list, typed by whoever takes it in."""

    confirm_leavers = forms.IntegerField(
        label=_("How many people leave with this list?"), required=False, min_value=0, max_value=10_000_000
    )


def ticks(posted) -> tuple[dict[int, str], list[int]]:
    """Person → last day as typed, for those that were ticked; and everybody who was asked about."""
    asked = [int(pk) for pk in posted.getlist("missing") if pk.isascii() and pk.isdigit() and len(pk) < 18]
    ticked = {pk: posted.get(f"last-day-{pk}", "") for pk in asked if str(pk) in posted.getlist("leaver")}
    return ticked, asked


def answers(posted, rows: Iterable[PlannedRow]) -> dict[str, str]:
    """Row number → answer for the rows that were on the page; empty where a row is simply taken in."""
    by_number = {str(row.number): row for row in rows}
    said: dict[str, str] = {}
    for number in posted.getlist("row"):
        row = by_number.get(number)
        if row is None:
            continue
        if row.candidates:
            said[number] = _answer(posted.get(f"answer-{number}", ""), row)
        else:
            said[number] = "" if number in posted.getlist("take") else SKIP
    return said


def _answer(answer: str, row: PlannedRow) -> str:
    possible = {NEW, SKIP, *(f"{SAME}:{person.pk}" for person in row.candidates)}
    return answer if answer in possible else ""
