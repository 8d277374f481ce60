"""Shape of what is asked about the organisation chart."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ismsroles.core import clock
from ismsroles.core.forms import RowsField
from roles.forms.filters import day_input
from roles.models import Area, ChartConfirmation, Restructure, Role


class KeeperForm(forms.Form):
    """Which role keeps the chart current."""

    role = forms.ModelChoiceField(
        label=_("Role that keeps the chart current"),
        queryset=Role.objects.none(),
        widget=forms.Select({"data-picker": ""}),
        help_text=_("After each restructure its holder is asked to confirm the chart."),
    )
    reason = forms.CharField(label=_("Why"), required=False, max_length=500, help_text=_("Kept in the history."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Role.objects.active().exclude(kind="everyone")


class RestructureForm(forms.ModelForm):
    """What changed, when, and where."""

    areas = RowsField(
        label=_("Areas touched"),
        queryset=Area.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: the whole organisation."),
    )

    class Meta:
        model = Restructure
        fields = ["day", "what", "areas"]
        widgets = {"day": day_input(), "what": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = Area.objects.all()
        self.fields["day"].initial = clock.today()


class ConfirmForm(forms.ModelForm):
    """A remark on what was looked at; what was shown rides along, sealed."""

    shown = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = ChartConfirmation
        fields = ["remark"]
        widgets = {"remark": forms.Textarea({"rows": 2})}
        help_texts = {"remark": _("Such as what you had put right first.")}
