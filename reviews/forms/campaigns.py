"""Shapes of input for campaigns."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ismsroles.core.attachments import AttachmentField
from ismsroles.records.models import Version
from reviews.models import Campaign
from roles.forms.filters import day_input
from roles.models import Person
from roles.models.text import plain_text


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


class SheetForm(forms.Form):
    """Who signed the paper, when, and where it is."""

    people = forms.ModelMultipleChoiceField(
        label=_("Who signed"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    signed_on = forms.DateField(label=_("Signed on"), widget=day_input())
    reference = forms.CharField(
        label=_("Where the paper is"), required=False, max_length=300, validators=[plain_text],
        help_text=_("For example: list of the morning meeting of 3 March, folder 7."),
    )  # fmt: skip
    file = AttachmentField(label=_("The paper as a file"))

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
