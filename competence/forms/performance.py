"""Shape of a performance gap."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from competence.models import Expectation, PerformanceGap
from ismsroles.core import clock
from ismsroles.core.attachments import AttachmentField
from ismsroles.core.forms import ChangeForm
from roles.forms.filters import day_input
from roles.models import Role


class NoteForm(forms.ModelForm):
    """What was seen, measured against what; feedback and action may follow later."""

    class Meta:
        model = PerformanceGap
        fields = ["role", "expectation", "seen", "feedback", "action", "due_on"]
        widgets = {
            "due_on": day_input(),
            **{name: forms.Textarea({"rows": 3}) for name in ("seen", "feedback", "action")},
        }

    def __init__(self, *args: Any, roles: QuerySet[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = roles
        expected = Expectation.objects.filter(role__in=roles, is_retired=False).select_related("role")
        self.fields["expectation"].queryset = expected
        self.fields["expectation"].label_from_instance = lambda row: f"{row.role}: {row.text}"
        self.fields["expectation"].empty_label = _("None in particular")

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"person", "noted_by", "noted_by_person"}

    def validate_constraints(self) -> None:
        """The action looks at the whole row."""


class FollowForm(ChangeForm):
    """Feedback given and action agreed."""

    class Meta:
        model = PerformanceGap
        fields = ["feedback", "action", "due_on"]
        widgets = {"due_on": day_input(), **{name: forms.Textarea({"rows": 3}) for name in ("feedback", "action")}}


class CloseForm(forms.Form):
    """What shows that it is reached now."""

    outcome = forms.CharField(
        label=_("What shows that it is reached now"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    closed_on = forms.DateField(label=_("Closed on"), widget=day_input())
    file = AttachmentField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].initial = clock.today
