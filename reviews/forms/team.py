"""Shape of the rules of the management review team (T1)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ismsroles.core.forms import ChangeForm
from reviews.models import Charter
from roles.forms.filters import day_input
from roles.models import Role


class CharterForm(ChangeForm):
    """Which role, who leads, how the board takes part, when it can decide, how often it meets."""

    reason = forms.CharField(
        label=_("Why it changes"), required=False, max_length=500, help_text=_("Kept in the history.")
    )

    class Meta:
        model = Charter
        fields = [
            "role", "chair_role", "senior_role", "board_role", "board", "delegated", "decided_on", "reference",
            "quorum_percent", "quorum_senior", "quorum_chair", "every", "notice",
        ]  # fmt: skip
        widgets = {
            "board": forms.Textarea({"rows": 2}),
            "delegated": forms.Textarea({"rows": 3}),
            "decided_on": day_input(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = Role.objects.active()
        self.fields["role"].queryset = active.filter(kind__in=["body", "many"])
        self.fields["chair_role"].queryset = active.filter(kind="one")
        for name in ("senior_role", "board_role"):
            self.fields[name].queryset = active
        if not self.instance.pk:
            del self.fields["reason"]
            self.fields["role"].initial = active.filter(starter_key="management_review_team").first()
