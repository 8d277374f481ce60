"""Shape of a delegation, an answer, a check and an end (A8)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from ismsroles.core import clock
from ismsroles.core.forms import RowsField
from roles.forms.assignments import EndForm, ReasonField
from roles.forms.filters import day_input
from roles.forms.pickers import PersonField
from roles.models import Assignment, Delegation, DelegationCheck, Person, Responsibility
from roles.models.text import plain_text


class DutiesField(RowsField):
    """Responsibilities, as they are written."""

    def label_from_instance(self, duty: Responsibility) -> str:
        return duty.text


class OfferForm(forms.Form):
    """What is passed on, to whom, from when to when, and how often it is checked."""

    responsibilities = DutiesField(
        label=gettext_lazy("What is delegated"),
        queryset=Responsibility.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    delegate = PersonField(label=gettext_lazy("To whom"))
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=day_input())
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=day_input(), help_text=gettext_lazy("It counts."))
    every = forms.IntegerField(label=gettext_lazy("You check every"), min_value=1, max_value=366, initial=1)
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit"), choices=[(key, capfirst(words)) for key, words in Delegation.UNITS], initial="month"
    )
    note = ReasonField(
        label=gettext_lazy("What is agreed"),
        required=False,
        help_text=gettext_lazy("How it is done, what is handed over. The delegate and the auditor read this."),
        validators=[plain_text],
    )

    def __init__(
        self, *args: Any, held: Assignment, duties: QuerySet[Responsibility], people: QuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delegate"].widget.about(delegation=held.pk)
        self.fields["responsibilities"].queryset = duties
        self.fields["delegate"].people = people
        self.fields["starts_on"].initial = clock.today


class DelegationAnswerForm(forms.Form):
    """Yes or no, to exactly what was shown."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200_000)
    decision = forms.ChoiceField(choices=[("accept", gettext_lazy("Accept")), ("decline", gettext_lazy("Decline"))])
    reason = ReasonField(
        label=gettext_lazy("Why not"), required=False, help_text=gettext_lazy("The holder of the role reads this.")
    )


class CheckForm(forms.Form):
    """When was looked at what, with which result."""

    on = forms.DateField(label=gettext_lazy("Checked on"), widget=day_input())
    looked_at = ReasonField(
        label=gettext_lazy("What you looked at"),
        help_text=gettext_lazy("So that somebody else could look again: a report, a sample, a system."),
        validators=[plain_text],
    )
    result = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=[(key, capfirst(words)) for key, words in DelegationCheck.RESULTS],
        widget=forms.RadioSelect,
    )
    follow_up = ReasonField(
        label=gettext_lazy("What follows"),
        required=False,
        help_text=gettext_lazy("Needed when it was not as agreed."),
        validators=[plain_text],
    )


class DelegationEndForm(EndForm):
    """When a delegation ends, and why."""
