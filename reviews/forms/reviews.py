"""Shape of what is written about reviews."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ismsroles.core.forms import ChangeForm, RowsField
from reviews.actions.doing import Answer
from reviews.looking import Seen
from reviews.models import Anomaly, DeclaredChange, Review, Setting
from reviews.reviewable import kinds
from roles.forms.filters import day_input
from roles.forms.pickers import PersonField
from roles.models import Area, Person, Role
from roles.models.text import plain_text

VERDICTS = [("right", _("Still right")), ("change", _("Change it")), ("retire", _("Retire it"))]


def words(label: Any, *, required: bool = True, rows: int = 3, **more: Any) -> forms.CharField:
    """A text of some lines."""
    area = forms.Textarea({"rows": rows})
    return forms.CharField(
        label=label, required=required, max_length=2000, widget=area, validators=[plain_text], **more
    )


class FinishForm(forms.Form):
    """One answer and one note a line, the outcome, why, and who sees to what follows. Bound to what was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[(key, capfirst(said)) for key, said in Review.OUTCOMES], widget=forms.RadioSelect
    )
    reason = words(_("Why"), help_text=_("In a sentence or two: an auditor reads it."))
    owner = PersonField(label=_("Who sees to what follows"), required=False)
    due_on = forms.DateField(label=_("By"), required=False, widget=day_input())

    def __init__(self, *args: Any, lines: list[Seen], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [seen.line.key for seen in lines]
        self.fields["owner"].people = people
        for place in range(len(lines)):
            verdict = forms.ChoiceField(
                choices=VERDICTS, required=False, widget=forms.RadioSelect, label=_("Is it still right?")
            )
            self.fields[f"verdict_{place}"] = verdict
            note = forms.CharField(
                label=_("What has to be done"), required=False, max_length=2000, validators=[plain_text]
            )
            self.fields[f"note_{place}"] = note

    def given(self) -> dict[str, Any]:
        """What the action needs."""
        data = self.cleaned_data
        answers = {key: Answer(data[f"verdict_{place}"], data[f"note_{place}"]) for place, key in enumerate(self.keys)}
        return {name: data[name] for name in ("seen", "outcome", "reason", "owner", "due_on")} | {
            "answers": {key: answer for key, answer in answers.items() if answer.verdict}
        }

    def pairs(self) -> list[tuple[Any, Any]]:
        """The two fields of each line."""
        return [(self[f"verdict_{place}"], self[f"note_{place}"]) for place in range(len(self.keys))]


class RemarkForm(forms.Form):
    """What somebody who was asked thinks."""

    text = words(_("What you think of it"), help_text=_("What is right, what is not, what you would change."))


class HandOverForm(forms.Form):
    """To whom, and why."""

    to = PersonField(label=_("Who reviews it instead"))
    reason = words(_("Why"), rows=2)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].people = people


class ResultForm(forms.Form):
    """What was done about a follow-up."""

    result = words(_("What was done"))


class SettingForm(ChangeForm):
    """How one kind of thing is reviewed."""

    class Meta:
        model = Setting
        fields = ["months", "reviewer", "role", "asks", "also"]

    def __init__(self, *args: Any, roles: QuerySet[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = self.fields["also"].queryset = roles

    def validate_constraints(self) -> None:
        """The action looks at the whole row."""


class AnomalyForm(forms.ModelForm):
    """What happened, when, and which role it is about, if that is known."""

    class Meta:
        model = Anomaly
        fields = ["what", "happened_on", "role"]
        widgets = {"what": forms.Textarea({"rows": 4}), "happened_on": day_input()}

    def __init__(self, *args: Any, roles: QuerySet[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = roles
        self.fields["role"].empty_label = _("I do not know")

    def _post_clean(self) -> None:
        """The action makes the row and says what is wrong with it; here is only the shape."""


class ChangeOfOrganisationForm(forms.ModelForm):
    """A restructure, a company bought: from when, what changes, what it touches."""

    areas = RowsField(
        label=_("Areas touched"), queryset=Area.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    roles = RowsField(
        label=_("Roles touched"), queryset=Role.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = DeclaredChange
        fields = ["kind", "day", "what", "areas", "roles"]
        widgets = {"day": day_input(), "what": forms.Textarea({"rows": 3}), "kind": forms.RadioSelect}

    def __init__(self, *args: Any, areas: QuerySet[Area], roles: QuerySet[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset, self.fields["roles"].queryset = areas, roles
        self.fields["kind"].choices = [(key, capfirst(said)) for key, said in DeclaredChange.KINDS]

    def _post_clean(self) -> None:
        """The action makes the row and says what is wrong with it; here is only the shape."""


class ReviewFilter(forms.Form):
    """Find, kind of thing, reviewer; `show` rides along."""

    q = forms.CharField(label=_("Find"), required=False, max_length=200, widget=forms.TextInput({"type": "search"}))
    of = forms.ChoiceField(label=_("What"), required=False)
    by = PersonField(label=_("Reviewer"), required=False, help_text="")

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = [("", _("Everything")), *((kind.key, kind.label) for kind in kinds())]
        self.fields["by"].people = people

    def asked(self) -> dict[str, Any]:
        """What was asked, as far as it makes sense."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in ("q", "of", "by")}
