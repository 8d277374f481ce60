"""Shape of an exception for the only approver, and of the board's appointment of a successor (design rule 1)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ismsroles.core import clock
from roles import terms
from roles.forms.assignments import ReasonField
from roles.forms.filters import day_input
from roles.forms.setup import FoundingForm
from roles.models import ApproverException
from roles.models.text import plain_text


class ExceptionForm(forms.Form):
    """For whom follows from the register; the rest is what the board decided."""

    reason = ReasonField(label=_("Why nobody else can approve"), validators=[plain_text])
    control = ReasonField(label=_("What somebody else checks instead"), validators=[plain_text])
    board_date = forms.DateField(label=_("Date of the decision"), widget=day_input())
    board_reference = forms.CharField(label=_("Reference"), max_length=300, validators=[plain_text])
    starts_on = forms.DateField(label=_("First day"), widget=day_input())
    ends_on = forms.DateField(label=_("Last day"), widget=day_input(), help_text=_("It counts. Twelve months at most."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reason", "control", "board_reference"):
            self.fields[name].help_text = ApproverException._meta.get_field(name).help_text
        self.fields["starts_on"].initial = clock.today
        self.fields["ends_on"].initial = lambda: terms.day_before(terms.a_year_after(clock.today()))


class EndExceptionForm(forms.Form):
    """Why it ends early."""

    reason = ReasonField(
        label=_("Why it ends"), validators=[plain_text], help_text=_("The approver and the auditor read this.")
    )


class SuccessionForm(FoundingForm):
    """Whom the board appointed, and by which decision."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = self.fields["role"].queryset.filter(area=None)
