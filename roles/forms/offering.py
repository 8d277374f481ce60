"""Shape of a search for somebody who could fill a role."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from roles.forms.assignments import SEAT_CHOICES
from roles.forms.filters import day_input
from roles.models import Area, Role


class ChoiceForm(forms.Form):
    """Which role, as what, from when to when, and part of a name."""

    q = forms.CharField(
        label=_("Part of a name"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.none(), required=False)
    seat = forms.ChoiceField(label=_("As"), choices=SEAT_CHOICES, required=False)
    area = forms.ModelChoiceField(
        label=_("For the area"), queryset=Area.objects.none(), required=False, widget=forms.HiddenInput
    )
    starts_on = forms.DateField(label=_("First day"), required=False, widget=day_input())
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=day_input())

    def __init__(self, *args: Any, roles: QuerySet[Role], areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset, self.fields["area"].queryset = roles, areas
