"""Shapes of input for the matrix. No rules in here."""

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ismsroles.core.forms import ChangeForm
from raci.actions.cells import Wanted
from raci.letters import read_letters
from raci.models import LETTERS, Activity, ActivityGroup, Limits, canonical_letters
from raci.queries.picture import ColumnOfRole
from raci.queries.sheets import Asked, Choices
from roles.models import DutyTag, Process

NAMES = {
    "R": _("Responsible"),
    "A": _("Accountable"),
    "S": _("Supporting"),
    "C": _("Consulted"),
    "I": _("Informed"),
}


class LongList(forms.Select):
    """A list of hundreds of choices, set at one stroke: a template for each choice costs more than the whole matrix."""

    rows: Sequence[tuple[int, str]] = ()

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        choices = [
            f'<option value="{pk}"{" selected" if str(pk) == chosen else ""}>{conditional_escape(words)}</option>'
            for pk, words in (("", str(_("All"))), *self.rows)
        ]
        given = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return SafeString(f"<select{given}>{''.join(choices)}</select>")  # words are escaped above, the rest is ours


class MatrixFilter(forms.Form):
    """What of the matrix is shown."""

    q = forms.CharField(label=_("Activity"), required=False, max_length=200)
    group = forms.ChoiceField(label=_("Process"), required=False, widget=LongList)
    role = forms.ChoiceField(label=_("Role"), required=False, widget=LongList)
    area = forms.ChoiceField(label=_("Area"), required=False, widget=LongList)
    person = forms.ChoiceField(label=_("Person"), required=False, widget=LongList)
    letter = forms.ChoiceField(
        label=_("Letter"), required=False, choices=[("", _("Any")), *((letter, NAMES[letter]) for letter in LETTERS)]
    )

    def __init__(self, asked: Asked, groups: list[tuple[int, str]], offered: Choices) -> None:
        super().__init__(initial={name: getattr(asked, name) for name in self.base_fields})
        lists = {"group": groups, "role": offered.roles, "area": offered.areas, "person": offered.people}
        for name, rows in lists.items():
            self.fields[name].widget.rows = rows
        for name in ("role", "person"):
            self.fields[name].widget.attrs |= {"data-picker": "", "placeholder": _("All")}


class GroupForm(forms.ModelForm):
    """A process of the matrix."""

    class Meta:
        model = ActivityGroup
        fields = ["process", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = Process.objects.filter(Q(state="active") | Q(pk=self.instance.process_id))
        self.fields["process"].empty_label = _("None")


class ChangedGroupForm(GroupForm, ChangeForm):
    """Another name for it."""


class ActivityForm(forms.ModelForm):
    """What is done, where it stands, what it asks for."""

    duties = forms.MultipleChoiceField(
        label=_("Duties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever answers for the activity or does it carries them; the rules of segregation look at them."),
    )

    class Meta:
        model = Activity
        fields = ["title", "note", "group", "decides", "must_inform", "separate", "duties"]
        widgets = {"note": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = ActivityGroup.objects.filter(retired=False)
        self.fields["duties"].choices = [(tag.key, tag.name) for tag in DutyTag.objects.all()]
        if not self.fields["duties"].choices:
            del self.fields["duties"]


class ChangedActivityForm(ActivityForm, ChangeForm):
    """Other words or rules for it."""


class LimitsForm(forms.ModelForm):
    """From where on it is too much."""

    class Meta:
        model = Limits
        fields = ["person", "area"]


class AdoptActivitiesForm(forms.Form):
    """Which activities of the starter list to take."""

    keys = forms.MultipleChoiceField(
        label=_("Activities"),
        error_messages={"required": _("Nothing is ticked yet. Tick the activities that you want.")},
    )
    allocate = forms.BooleanField(
        label=_("With a suggestion who does what"),
        required=False,
        initial=True,
        help_text=_("Only roles that were adopted from the starter library get letters. Change them as you like."),
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keys"].choices = offered


class LettersForm(forms.Form):
    """The letters of one activity: five boxes for each role, and what stood there when it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, columns: list[ColumnOfRole], letters: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns, self.now = columns, letters
        self.fields["seen"].initial = json.dumps(letters)
        for column in columns:
            self.fields[f"r{column.pk}"] = forms.MultipleChoiceField(
                label=column.title,
                required=False,
                choices=list(NAMES.items()),
                initial=list(letters.get(column.pk, "")),
                widget=forms.CheckboxSelectMultiple,
            )

    def rows(self) -> list[tuple[ColumnOfRole, Any]]:
        """Each role with its boxes."""
        return [(column, self[f"r{column.pk}"]) for column in self.columns]

    def clean_seen(self) -> dict[str, str]:
        seen = _object(self.cleaned_data["seen"])
        return {role: letters for role, letters in seen.items() if isinstance(letters, str)}

    def wanted(self, activity: int) -> list[Wanted]:
        """The cells that the person changed."""
        seen, found = self.cleaned_data.get("seen", {}), []
        for column in self.columns:
            was = seen.get(str(column.pk), "")
            now = canonical_letters("".join(self.cleaned_data[f"r{column.pk}"]))
            if was != now:
                found.append(Wanted(activity, column.pk, now, was))
        return found


class CellsForm(forms.Form):
    """Cells as the page sends them: activity, role, what was seen and what is wanted."""

    cells = forms.CharField(max_length=2_000_000)
    undo = forms.BooleanField(required=False)

    def clean_cells(self) -> list[Wanted]:
        rows = _object(self.cleaned_data["cells"], list)
        return [_cell(row) for row in rows]


class OrderForm(forms.Form):
    """What is to stand in which order."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in ("rows", "columns", "groups")])
    group = forms.ModelChoiceField(queryset=ActivityGroup.objects.filter(retired=False), required=False)
    order = forms.CharField(max_length=200_000)

    def clean_order(self) -> list[int]:
        parts = self.cleaned_data["order"].split(",")
        if not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in parts):
            raise forms.ValidationError(_("Send numbers with commas between them."))
        return [int(part) for part in parts]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("kind") == "rows" and not given.get("group"):
            raise forms.ValidationError(_("Say which process the activities are in."))
        return given


class PublishForm(forms.Form):
    """Which processes, and what is new in them."""

    groups = forms.MultipleChoiceField(
        label=_("Processes"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Nothing is ticked yet. Tick the processes that you want to publish.")},
    )
    note = forms.CharField(
        label=_("What is new"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}),
        help_text=_("In a sentence. It stands in the history."),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: list[tuple[int, str]], seen: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {pk for pk, _words in offered}
        self.fields["groups"].choices = offered
        self.fields["seen"].initial = json.dumps(seen)

    def clean_seen(self) -> dict[int, str]:
        seen = _object(self.cleaned_data["seen"])
        return {int(group): str(mark) for group, mark in seen.items() if group.isascii() and group.isdigit()}

    def chosen(self) -> set[int] | None:
        """The processes that were ticked; None when all of them are."""
        chosen = {int(group) for group in self.cleaned_data["groups"]}
        return None if chosen == self.offered else chosen

    def about(self) -> dict[str, Any]:
        """What the person saw and says."""
        return {"seen": self.cleaned_data["seen"], "note": self.cleaned_data["note"]}


def _object(text: str, kind: type = dict) -> Any:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, kind):
        raise forms.ValidationError(_("This is not what the page sends. Open it again."))
    return found


def _cell(row: Any) -> Wanted:
    """One cell of the page, with everything in its type and range."""
    if not isinstance(row, dict) or not all(_is_number(row.get(name)) for name in ("activity", "role")):
        raise forms.ValidationError(_("This is not what the page sends. Open it again."))
    was, now = row.get("was"), read_letters(str(row.get("now", "")))
    if now is None or (was is not None and not isinstance(was, str)):
        raise forms.ValidationError(_("A cell holds letters of RASCI only. Nothing was written."))
    return Wanted(row["activity"], row["role"], now, was)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**18
