"""Shapes of input for messages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ismsroles.notices.models import Preference


class PreferenceForm(forms.ModelForm):
    """When the digest comes, and whether."""

    hour = forms.TypedChoiceField(
        label=_("Not before"),
        coerce=int,
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
        help_text=_("In the organisation’s time. It comes within the quarter of an hour after."),
    )

    class Meta:
        model = Preference
        fields = ["digest", "hour"]
