"""Shape of what is asked when an installation begins, and of the organisation's details."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import clock
from ismsroles.core.attachments import AttachmentField
from ismsroles.core.forms import ChangeForm
from ismsroles.core.models import Organisation
from ismsroles.core.views import NewPassword
from roles.actions.setup import Board, Somebody
from roles.forms.filters import day_input
from roles.forms.pickers import PersonField
from roles.models import Role
from roles.models.text import plain_text

SIZES = {
    "small": gettext_lazy("Few roles; one person holds several"),
    "medium": gettext_lazy("A management review team, owners for processes"),
    "large": gettext_lazy("Security leadership apart from operations"),
}


def zones() -> list[tuple[str, str]]:
    """Time zones by place; UTC first."""
    places = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in places)]


def zone_field() -> forms.ChoiceField:
    """A place's time zone, found by typing where scripts run."""
    return forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zones,
        widget=forms.Select({"data-picker": ""}),
        help_text=gettext_lazy("“Today” is today there: first and last days count in it."),
    )


def board_file() -> AttachmentField:
    """The minutes or the decision itself."""
    return AttachmentField(label=gettext_lazy("The decision as a file"))


def _name(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, validators=[plain_text], **kwargs)


class SetupForm(NewPassword):
    """Four questions: which organisation, who runs the register, who keeps it, who approves."""

    field_order = ["code", "organisation_name", "size", "time_zone", "scope", "name", "email", "password", "again"]

    code = forms.CharField(
        label=gettext_lazy("Set-up code"),
        max_length=200,
        help_text=gettext_lazy("Printed by “make run”; on a server, its setting SETUP_CODE. It keeps strangers out."),
    )
    organisation_name = forms.CharField(
        label=gettext_lazy("Name of the organisation"), max_length=120, validators=[plain_text]
    )
    size = forms.ChoiceField(
        label=gettext_lazy("People in scope, contractors included"),
        choices=Organisation.SIZES,
        widget=forms.RadioSelect,
        initial="small",
    )
    time_zone = zone_field()
    scope = forms.CharField(
        label=gettext_lazy("Scope of the ISMS"),
        required=False,
        max_length=2000,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Which parts, places and services. You can write it later."),
    )
    name = _name(gettext_lazy("Your name"))
    email = forms.EmailField(label=gettext_lazy("Your e-mail address"), max_length=254)
    job_title = _name(gettext_lazy("Your job title"), required=False)
    who_manages = forms.ChoiceField(
        label=gettext_lazy("Who is the information security manager?"),
        choices=[("me", gettext_lazy("I am")), ("other", gettext_lazy("Somebody else"))],
        widget=forms.RadioSelect,
        initial="me",
    )
    manager_name = _name(gettext_lazy("Name"), required=False)
    manager_email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False, max_length=254)
    manager_job_title = _name(gettext_lazy("Job title"), required=False)
    approver_name = _name(gettext_lazy("Name"))
    approver_email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("Their own: a link that only they may see goes there."),
    )
    approver_job_title = _name(gettext_lazy("Job title"), initial=gettext_lazy("Chief executive officer"))
    board_date = forms.DateField(
        label=gettext_lazy("Date of the decision"),
        widget=day_input(),
        help_text=gettext_lazy("The appointment counts from this day."),
    )
    board_reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=300,
        validators=[plain_text],
        help_text=gettext_lazy("Such as “Board minutes 2026-11”."),
    )
    board_file = board_file()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["size"].option_hints = SIZES
        self.fields["size"].choices = [(key, capfirst(words)) for key, words in Organisation.SIZES]
        if not settings.SETUP_CODE:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("who_manages") == "other":
            for name in ("manager_name", "manager_email"):
                if not answers.get(name) and name not in self.errors:
                    self.add_error(name, _("Write who it is, or choose “I am” above."))
        return answers

    def answers(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        other = given["who_manages"] == "other"
        return {
            "organisation": {
                "name": given["organisation_name"],
                **{k: given[k] for k in ("size", "time_zone", "scope")},
            },
            "administrator": Somebody(given["name"], given["email"], given["job_title"]),
            "password": given["password"],
            "manager": self._somebody("manager") if other else None,
            "approver": self._somebody("approver"),
            "board": Board(given["board_date"], given["board_reference"], given["board_file"]),
            "code": given.get("code", ""),
        }

    def _somebody(self, who: str) -> Somebody:
        return Somebody(*(self.cleaned_data[f"{who}_{part}"] for part in ("name", "email", "job_title")))


class FoundingForm(forms.Form):
    """The first approver, by decision of the board."""

    role = forms.ModelChoiceField(label=gettext_lazy("Role"), queryset=Role.objects.none())
    person = PersonField(label=gettext_lazy("Person"))
    board_date = forms.DateField(label=gettext_lazy("Date of the decision"), widget=day_input())
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=300,
        validators=[plain_text],
        help_text=gettext_lazy("Such as “Board minutes 2026-11, item 4”."),
    )
    file = board_file()

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Role.objects.active().filter(persona="top_management")
        self.fields["person"].people = people
        self.fields["board_date"].initial = clock.today


class OrganisationForm(ChangeForm):
    """The organisation's details."""

    time_zone = zone_field()

    class Meta:
        model = Organisation
        fields = [
            "name", "legal_name", "scope", "time_zone", "size", "accent",
            "policy_title", "document_number", "classification", "distribution",
        ]  # fmt: skip
        widgets = {
            "accent": forms.TextInput({"type": "color"}),
            "size": forms.RadioSelect,
            "scope": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "name": gettext_lazy("As it stands in the top bar."),
            "legal_name": gettext_lazy("As it stands on the cover of the document."),
            "scope": gettext_lazy("Which parts, places and services the ISMS covers. It is printed in the document."),
            "size": gettext_lazy("Decides which starter roles are suggested."),
            "accent": gettext_lazy("For the cover and the headings of the PDF."),
            "policy_title": gettext_lazy("The policy that the roles put into effect, with its version."),
            "document_number": gettext_lazy("Your own number for the document, if you number documents."),
            "classification": gettext_lazy("Stands on each page of the document, such as Internal."),
            "distribution": gettext_lazy("Such as “all staff and contractors; the certification body on request”."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["size"].option_hints = SIZES
        self.fields["size"].choices = [(key, capfirst(words)) for key, words in Organisation.SIZES]
