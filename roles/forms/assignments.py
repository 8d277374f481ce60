"""Shape of a proposal, a decision and an end (A2, A3)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import clock
from roles.forms.filters import ListFilter, day_input
from roles.forms.pickers import OfferInput, PersonField
from roles.models import Area, Assignment, Person, Role

WAYS = {
    "internal": gettext_lazy("An employee who has the skills now"),
    "external": gettext_lazy("A supplier, contractor or consultant"),
    "training": gettext_lazy("Learns it, with a plan"),
}
SEATS = {
    "primary": gettext_lazy("Carries the responsibilities"),
    "deputy": gettext_lazy("Stands in while the holder is away"),
}

WAY_CHOICES = [(key, capfirst(words)) for key, words in Assignment.WAYS]
SEAT_CHOICES = [(key, capfirst(words)) for key, words in Assignment.SEATS if key in SEATS]


class ReasonField(forms.CharField):
    """Some sentences, kept in the record."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea({"rows": 3}))
        super().__init__(max_length=2000, **kwargs)


class ProposalForm(forms.Form):
    """Who, as what, how, from when to when, and why."""

    role = forms.ModelChoiceField(
        label=gettext_lazy("Role"), queryset=Role.objects.none(), widget=forms.Select({"data-picker": ""})
    )
    person = PersonField(label=gettext_lazy("Person"))
    seat = forms.ChoiceField(
        label=gettext_lazy("As"), choices=SEAT_CHOICES, widget=forms.RadioSelect, initial="primary"
    )
    filled_as = forms.ChoiceField(
        label=gettext_lazy("How the role is filled"), choices=WAY_CHOICES, widget=forms.RadioSelect, initial="internal"
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=day_input(),
        help_text=gettext_lazy("If the approval comes later, it counts from this day."),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("It counts. Empty: no end."),
    )
    area = forms.ModelChoiceField(
        label=gettext_lazy("For the area"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=gettext_lazy("As the role says"),
        help_text=gettext_lazy("Only when the role is held once in each area."),
    )
    deputy = PersonField(
        label=gettext_lazy("Deputy"),
        required=False,
        widget=OfferInput("deputy"),
        help_text=gettext_lazy("Stands in while the holder is away. Never the holder. Is decided on its own."),
    )
    reason = ReasonField(
        label=gettext_lazy("Why this person"), help_text=gettext_lazy("The approver and the auditor read this.")
    )
    conflict_reason = ReasonField(
        label=gettext_lazy("Why nevertheless"),
        required=False,
        help_text=gettext_lazy("Only when the check warns of a conflict of interest. The approver reads it."),
    )

    def __init__(
        self, *args: Any, roles: QuerySet[Role], people: QuerySet[Person], areas: QuerySet[Area], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset, self.fields["area"].queryset = roles, areas
        self.fields["person"].people = self.fields["deputy"].people = people
        self.fields["seat"].option_hints, self.fields["filled_as"].option_hints = SEATS, WAYS
        self.fields["starts_on"].initial = clock.today


class ManyForm(forms.Form):
    """One person for each role, with a common first day and reason. A line left empty is left out."""

    starts_on = forms.DateField(label=gettext_lazy("First day for all of them"), widget=day_input())
    reason = ReasonField(
        label=gettext_lazy("Why these people"), help_text=gettext_lazy("The approver and the auditor read this.")
    )

    def __init__(self, *args: Any, roles: list[Role], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = roles
        self.fields["starts_on"].initial = clock.today
        for role in roles:
            self.fields[f"person_{role.pk}"] = PersonField(
                label=role.title, required=False, people=people, help_text=""
            )
            self.fields[f"person_{role.pk}"].widget.about(role=role.pk)

    def lines(self) -> list[tuple[Role, forms.BoundField]]:
        """Each role with its field."""
        return [(role, self[f"person_{role.pk}"]) for role in self.roles]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not self.errors and not self.chosen():
            raise forms.ValidationError(_("No person is chosen yet. Choose one for at least one role."))
        return answers

    def chosen(self) -> dict[int, Person]:
        """Role → person, for the lines that were filled in."""
        found = {role.pk: self.cleaned_data.get(f"person_{role.pk}") for role in self.roles}
        return {role: person for role, person in found.items() if person is not None}


class DecisionForm(forms.Form):
    """Yes or no, to exactly what was shown."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200_000)
    decision = forms.ChoiceField(choices=[("approve", gettext_lazy("Approve")), ("reject", gettext_lazy("Reject"))])
    reason = ReasonField(
        label=gettext_lazy("Why not"), required=False, help_text=gettext_lazy("The proposer and the person read this.")
    )


class WithdrawForm(forms.Form):
    """Why a proposal is taken back."""

    reason = ReasonField(label=gettext_lazy("Why"), required=False, help_text=gettext_lazy("Kept in the history."))


class EndForm(forms.Form):
    """When an assignment ends, and why."""

    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=day_input(), help_text=gettext_lazy("It counts."))
    reason = ReasonField(
        label=gettext_lazy("Why it ends"), help_text=gettext_lazy("The person and the auditor read this.")
    )


class AssignmentFilter(ListFilter):
    """Find, area, role and person; `show` (the chip) and `sort` ride along."""

    role = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**31)
    person = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**31)

    def asked(self) -> dict[str, Any]:
        """What was asked, as far as it makes sense."""
        return super().asked() | {name: self.cleaned_data.get(name) for name in ("role", "person")}
