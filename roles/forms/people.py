"""Shape of what is written about a person."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ismsroles.core.forms import ChangeForm, RowsField
from roles.forms.filters import day_input
from roles.forms.pickers import PersonField
from roles.models import Area, Person


class PersonForm(ChangeForm):
    """What one knows of a person inside or outside."""

    manager = PersonField(label=_("Line manager"), required=False)

    class Meta:
        model = Person
        fields = [
            "name",
            "email",
            "phone",
            "kind",
            "employer",
            "job_title",
            "area",
            "manager",
            "external_id",
            "starts_on",
        ]
        widgets = {"starts_on": day_input()}

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].people = people
        self.fields["kind"].choices = [(kind, capfirst(words)) for kind, words in Person.KINDS]

    def clean_external_id(self) -> str | None:
        return self.cleaned_data["external_id"] or None

    def validate_unique(self) -> None:
        """The action says it better: it names who has that number or address already."""


class NewPersonForm(PersonForm):
    """A new person; who comes for a known time has a last day from the start."""

    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "last_day"]
        widgets = {"starts_on": day_input(), "last_day": day_input()}
        help_texts = {"last_day": _("If it is known, such as the end of a contract. It counts.")}


class LastDayForm(forms.Form):
    """When somebody leaves, and why."""

    last_day = forms.DateField(
        label=_("Last day"), widget=day_input(), help_text=_("It counts: they are still here on it.")
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, help_text=_("Kept in the history."))


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, help_text=_("Kept in the history."))


class RepresentForm(forms.Form):
    """The areas that a person looks after."""

    areas = RowsField(
        label=_("Areas"),
        queryset=Area.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their people, and those of the areas within them."),
    )
