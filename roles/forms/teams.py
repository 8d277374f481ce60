"""Shape of a team, of joining and leaving it, and of proposing it for a role (A2)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from ismsroles.core import clock
from ismsroles.core.forms import ChangeForm
from roles.forms.assignments import ReasonField
from roles.forms.filters import day_input
from roles.forms.pickers import OfferInput, PersonField
from roles.models import Area, Person, Role, Team


class TeamForm(ChangeForm):
    """Name, what for, area."""

    class Meta:
        model = Team
        fields = ["name", "purpose", "area"]


class JoinForm(forms.Form):
    """Who, from when to when, as lead or not."""

    person = PersonField(label=gettext_lazy("Person"), widget=OfferInput("member"))
    leads = forms.BooleanField(
        label=gettext_lazy("Leads the team"), required=False,
        help_text=gettext_lazy("Who leads it until then becomes an ordinary member."),
    )  # fmt: skip
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=day_input())
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"), required=False, widget=day_input(),
        help_text=gettext_lazy("It counts. Empty: no end."),
    )  # fmt: skip
    reason = ReasonField(
        label=gettext_lazy("Why"), required=False, help_text=gettext_lazy("The approver and the auditor read this.")
    )
    conflict_reason = ReasonField(
        label=gettext_lazy("Why nevertheless"), required=False,
        help_text=gettext_lazy("Only when the check warns of a conflict of interest. The approver reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[Person], role: Role | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].people = people
        if role is not None:
            self.fields["person"].widget.about(role=role.pk)
        self.fields["starts_on"].initial = clock.today


class TeamProposalForm(forms.Form):
    """For which role, from when to when, and why."""

    role = forms.ModelChoiceField(
        label=gettext_lazy("Role"), queryset=Role.objects.none(), widget=forms.Select({"data-picker": ""})
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day"), widget=day_input(),
        help_text=gettext_lazy("If the approval comes later, it counts from this day."),
    )  # fmt: skip
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"), required=False, widget=day_input(),
        help_text=gettext_lazy("It counts. Empty: no end."),
    )  # fmt: skip
    area = forms.ModelChoiceField(
        label=gettext_lazy("For the area"), queryset=Area.objects.none(), required=False,
        empty_label=gettext_lazy("As the role says"),
        help_text=gettext_lazy("Only when the role is held once in each area."),
    )  # fmt: skip
    reason = ReasonField(
        label=gettext_lazy("Why this team"), help_text=gettext_lazy("The approver and the auditor read this.")
    )
    conflict_reason = ReasonField(
        label=gettext_lazy("Why nevertheless"), required=False,
        help_text=gettext_lazy("Only when the check warns of a conflict of interest. The approver reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, roles: QuerySet[Role], areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset, self.fields["area"].queryset = roles, areas
        self.fields["starts_on"].initial = clock.today
