"""Shape of an absence (A7)."""

from django import forms
from django.utils.translation import gettext_lazy

from ismsroles.core import clock
from roles.forms.filters import day_input


class AbsenceForm(forms.Form):
    """From when to when; not why."""

    starts_on = forms.DateField(label=gettext_lazy("First day away"), widget=day_input())
    ends_on = forms.DateField(
        label=gettext_lazy("Last day away"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("Empty: not known yet."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = clock.today


class AbsenceEndForm(forms.Form):
    """The last day away."""

    last_day = forms.DateField(
        label=gettext_lazy("Last day away"),
        widget=day_input(),
        help_text=gettext_lazy("A day before the first one takes the absence back."),
    )
