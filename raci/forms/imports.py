"""The import of a matrix: the file, how it is read, and the answers about roles."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raci.models import LETTERS
from raci.models.matrix import canonical_letters
from raci.spreadsheet.layout import ACTIVITIES_DOWN, ROLES_DOWN
from raci.spreadsheet.plan import Question

MEANINGS = [("", _("nothing: leave it out")), ("R", _("R, does it")), ("A", _("A, answers for it")), ("S", _("S, helps")),
            ("C", _("C, is asked")), ("I", _("I, is told")), ("RA", _("R and A"))]  # fmt: skip


class ReadingForm(forms.Form):
    """Which way round the matrix is, and what its letters mean."""

    down = forms.ChoiceField(
        label=_("What goes down"),
        choices=[
            (ACTIVITIES_DOWN, _("Activities go down, roles across")),
            (ROLES_DOWN, _("Roles go down, activities across")),
        ],
    )
    plain = forms.ChoiceField(
        label=_("A name without letters in its row"),
        choices=[("groups", _("heads the rows below it")), ("activities", _("is an activity nobody has a letter in"))],
    )

    def __init__(self, signs: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signs = list(signs)
        for number, (sign, letters) in enumerate(signs.items()):
            choices = MEANINGS if letters in dict(MEANINGS) else [*MEANINGS, (letters, "/".join(letters))]
            self.fields[f"sign-{number}"] = forms.ChoiceField(
                label=_("%(sign)s means") % {"sign": sign}, choices=choices, required=False, initial=letters
            )

    @property
    def reading(self) -> dict[str, Any]:
        """How the file is to be read, for a form that was sent and is valid."""
        said = {sign: self.cleaned_data[f"sign-{number}"] for number, sign in enumerate(self.signs)}
        letters = {
            sign: canonical_letters(meant)
            for sign, meant in said.items()
            if meant != (sign if sign in LETTERS else None)
        }
        return {"down": self.cleaned_data["down"], "plain": self.cleaned_data["plain"], "letters": letters}


def answers(posted: Mapping[str, str], questions: Iterable[Question]) -> dict[str, str]:
    """What was answered about the roles that the register does not have."""
    return {question.field: posted[question.field] for question in questions if question.field in posted}
