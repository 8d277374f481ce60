"""What the lists are narrowed by. A filter that makes no sense is left out, never an error page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from roles.forms.pickers import PersonField
from roles.queries import log


def day_input() -> forms.DateInput:
    """A day, in the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FindForm(forms.Form):
    """Words to find, nothing else."""

    q = forms.CharField(label=_("Find"), required=False, max_length=200, widget=forms.TextInput({"type": "search"}))


class ListFilter(forms.Form):
    """Find and area; `show` (the chip) and `sort` ride along."""

    q = forms.CharField(label=_("Find"), required=False, max_length=200, widget=forms.TextInput({"type": "search"}))
    area = forms.TypedChoiceField(label=_("Area"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, areas: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("All areas")), *areas]

    def asked(self) -> dict[str, Any]:
        """What was asked, as far as it makes sense."""
        self.is_valid()
        return {"words": self.cleaned_data.get("q", ""), "area": self.cleaned_data.get("area")}


class LogFilter(forms.Form):
    """Who, what, when, which kind."""

    q = forms.CharField(label=_("Find"), required=False, max_length=200, widget=forms.TextInput({"type": "search"}))
    person = PersonField(label=_("By or about"), required=False, help_text="", who="all")
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=day_input())
    until = forms.DateField(label=_("Until"), required=False, widget=day_input())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *log.kinds()]
        self.fields["person"].people = people

    def asked(self) -> dict[str, Any]:
        """What was asked, as far as it makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
