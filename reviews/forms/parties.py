"""Shapes of input for interested parties."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ismsroles.core.forms import ChangeForm
from ismsroles.records.models import Version
from reviews.models import Given, Party
from roles.forms.filters import day_input


class PartyForm(forms.ModelForm):
    """Who they are."""

    class Meta:
        model = Party
        fields = ["name", "kind", "contact", "email", "interest"]
        widgets = {"interest": forms.Textarea({"rows": 3})}


class ChangedPartyForm(PartyForm, ChangeForm):
    """Who they are now."""


class _GivenForm(forms.ModelForm):
    version = forms.ModelChoiceField(label=_("Version"), queryset=Version.objects.none())

    def __init__(self, *args, offered, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = offered


class CopyForm(_GivenForm):
    """Which version was handed over, when, how."""

    class Meta:
        model = Given
        fields = ["version", "given_on", "note"]
        widgets = {"given_on": day_input()}


class PartyLinkForm(_GivenForm):
    """Which version the link opens, and until when."""

    ends_on = forms.DateField(
        label=_("Last day"),
        widget=day_input(),
        help_text=_("The link stops working after this day, at most a year from now."),
    )

    class Meta:
        model = Given
        fields = ["version", "ends_on", "note"]
