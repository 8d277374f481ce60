"""Shape of duties, rules of separation, and exceptions from them (A5)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.forms import ChangeForm, RowsField
from roles.forms.assignments import ReasonField
from roles.forms.filters import day_input
from roles.forms.pickers import PersonField
from roles.models import DutyTag, Person, Role, SeparationException, SeparationRule

EFFECTS = {
    "block": gettext_lazy("Nobody is proposed or approved for both, unless an exception is approved."),
    "warn": gettext_lazy("The proposer writes why nevertheless; the approver reads it."),
}


def _effects(field: forms.Field) -> None:
    field.choices = [(key, capfirst(words)) for key, words in SeparationRule.EFFECTS]
    field.option_hints = EFFECTS


class DutyForm(forms.ModelForm):
    """A word for a kind of duty, and what it means."""

    class Meta:
        model = DutyTag
        fields = ["name", "meaning"]


class ChangedDutyForm(DutyForm, ChangeForm):
    """Other words."""


class MarkForm(forms.Form):
    """Which kinds of duty a responsibility is."""

    tags = RowsField(
        label=gettext_lazy("Duties"),
        queryset=DutyTag.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick what this responsibility is. Most are none of these."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].queryset = DutyTag.objects.all()
        self.fields["tags"].option_hints = {str(tag.pk): tag.meaning for tag in DutyTag.objects.all()}


class RuleForm(forms.Form):
    """Which two are kept apart, how strictly, and why."""

    role_a = forms.ModelChoiceField(
        label=gettext_lazy("One role"),
        queryset=Role.objects.none(),
        required=False,
        widget=forms.Select({"data-picker": ""}),
    )
    role_b = forms.ModelChoiceField(
        label=gettext_lazy("The other role"),
        queryset=Role.objects.none(),
        required=False,
        widget=forms.Select({"data-picker": ""}),
    )
    duty_a = forms.ModelChoiceField(label=gettext_lazy("One duty"), queryset=DutyTag.objects.none(), required=False)
    duty_b = forms.ModelChoiceField(
        label=gettext_lazy("The other duty"), queryset=DutyTag.objects.none(), required=False
    )
    effect = forms.ChoiceField(label=gettext_lazy("What it does"), widget=forms.RadioSelect, initial="block")
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("What could go wrong if one person did both. Proposer, approver and auditor read it."),
    )

    def __init__(self, *args: Any, roles: QuerySet[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("role_a", "role_b"):
            self.fields[name].queryset = roles
        for name in ("duty_a", "duty_b"):
            self.fields[name].queryset = DutyTag.objects.all()
        _effects(self.fields["effect"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        roles = [given.pop(name, None) for name in ("role_a", "role_b")]
        duties = [given.pop(name, None) for name in ("duty_a", "duty_b")]
        if not self.errors and not (all(roles) and not any(duties)) and not (all(duties) and not any(roles)):
            raise ValidationError(_("Choose two roles, or two duties: one pair, not both."))
        return given | {"roles": [one for one in roles if one], "duties": [one for one in duties if one]}


class ChangedRuleForm(ChangeForm):
    """Another effect or why; the pair stays."""

    class Meta:
        model = SeparationRule
        fields = ["effect", "why"]
        widgets = {"effect": forms.RadioSelect, "why": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _effects(self.fields["effect"])


class RetireRuleForm(forms.Form):
    """Why a rule is no longer needed."""

    reason = ReasonField(
        label=gettext_lazy("Why it is no longer needed"), help_text=gettext_lazy("An auditor reads this.")
    )


class ExceptionForm(forms.ModelForm):
    """For whom, from which rule, with which compensating control, from when to when, and why."""

    person = PersonField(label=gettext_lazy("Person"))

    class Meta:
        model = SeparationException
        fields = ["person", "rule", "control", "reason", "starts_on", "ends_on"]
        widgets = {
            "control": forms.Textarea({"rows": 3}),
            "reason": forms.Textarea({"rows": 3}),
            "starts_on": day_input(),
            "ends_on": day_input(),
        }

    def __init__(self, *args: Any, people: QuerySet[Person], rules: QuerySet[SeparationRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].people = people
        self.fields["rule"].queryset = rules
        self.fields["rule"].help_text = gettext_lazy("Which rule is not to stop this person.")

    def _post_clean(self) -> None:
        """The action makes the row and says what is wrong with it; here is only the shape."""


class ExceptionFilter(forms.Form):
    """Find by name; `show` rides along."""

    q = forms.CharField(
        label=gettext_lazy("Find a person"), required=False, max_length=200, widget=forms.TextInput({"type": "search"})
    )
