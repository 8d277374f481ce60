"""Shapes of input for campaigns."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ismsroles.records.models import Version
from reviews.models import Campaign


class CampaignForm(forms.ModelForm):
    """Which version, and how long."""

    version = forms.ModelChoiceField(label=_("Version"), queryset=Version.objects.none())

    class Meta:
        model = Campaign
        fields = ["version", "days"]

    def __init__(self, *args, offered, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = offered

    def validate_unique(self) -> None:
        """The action says it, after it has looked again."""

    def validate_constraints(self) -> None:
        """The same."""
