"""Shape of inductions, rounds of questions, and signed lists."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from competence.models import InductionItem, Round
from ismsroles.core import clock
from ismsroles.core.attachments import AttachmentField
from ismsroles.core.forms import ChangeForm, RowsField
from roles.forms.filters import day_input
from roles.models import Person, Policy, Role


class InductionForm(ChangeForm):
    """What is read, by whom, in how many days."""

    class Meta:
        model = InductionItem
        fields = ["title", "text", "policy", "link", "area", "role", "days", "starts_on"]
        widgets = {"starts_on": day_input(), "text": forms.Textarea({"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].empty_label = _("Everybody who joins")
        self.fields["role"].empty_label = _("Whatever their role")
        self.fields["role"].queryset = Role.objects.active().exclude(kind="everyone")
        self.fields["policy"].queryset = Policy.objects.filter(state="active")
        self.fields["policy"].empty_label = _("None")
        if not self.instance.pk:
            self.fields["starts_on"].initial = clock.today


class RoundForm(forms.ModelForm):
    """Who is asked, from when, until when."""

    class Meta:
        model = Round
        fields = ["title", "area", "role", "starts_on", "due_on"]
        widgets = {"starts_on": day_input(), "due_on": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].empty_label, self.fields["role"].empty_label = _("Everybody"), _("Whatever their role")
        self.fields["role"].queryset = Role.objects.active().exclude(kind="everyone")
        self.fields["starts_on"].initial = clock.today


class SignedListForm(forms.Form):
    """Who signed, when, and the list itself."""

    signed_on = forms.DateField(label=_("Signed on"), widget=day_input())
    file = AttachmentField(label=_("The list as a file"), required=True)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    people = RowsField(
        label=_("Who signed it"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who have not acknowledged yet. Tick the names that are on the list."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[Person], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["seen"].initial = seen
        self.fields["signed_on"].initial = clock.today


class AnswersForm(forms.Form):
    """One answer to each question, as it was given."""

    sheet = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(self, questions: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(questions):
            self.fields[f"answer-{number}"] = forms.ChoiceField(
                label=question["text"], widget=forms.RadioSelect, choices=[(one, one) for one in question["options"]],
                error_messages={"required": _("Choose one answer.")},
            )  # fmt: skip

    def answers(self) -> list[str]:
        """In the order of the questions."""
        return [value for name, value in self.cleaned_data.items() if name.startswith("answer-")]
