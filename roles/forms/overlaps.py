"""Shape of a judgement on two responsibilities that say nearly the same (R2)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from roles.models import Responsibility


class KeepPairForm(forms.Form):
    """Why both stay."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=3000)
    reason = forms.CharField(
        label=gettext_lazy("Why both stay"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Remembered until one of the two is worded anew."),
    )


class MergePairForm(forms.Form):
    """Which role keeps it, in which words."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=3000)
    into = forms.ChoiceField(label=gettext_lazy("Which role keeps it"), widget=forms.RadioSelect)
    text = forms.CharField(label=gettext_lazy("In these words"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, pair: tuple[Responsibility, Responsibility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = {str(row.pk): row for row in pair}
        self.fields["into"].choices = [(pk, row.role.title) for pk, row in self.pair.items()]
        self.fields["into"].option_hints = {
            pk: _("The other role no longer has it; its authorities stay there.") for pk in self.pair
        }

    def clean_into(self) -> Responsibility:
        return self.pair[self.cleaned_data["into"]]
