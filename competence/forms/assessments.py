"""Shape of an assessment."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from competence.forms.skills import LEVEL_CHOICES
from competence.models import Assessment, Skill
from ismsroles.core import clock
from ismsroles.core.attachments import AttachmentField
from roles.forms.filters import day_input


class AssessmentForm(forms.Form):
    """Which skill, which level, since when, until when, and what shows it."""

    skill = forms.ModelChoiceField(
        label=gettext_lazy("Skill"), queryset=Skill.objects.none(), widget=forms.Select({"data-picker": ""})
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level"), coerce=int, choices=LEVEL_CHOICES, widget=forms.RadioSelect
    )
    assessed_on = forms.DateField(label=gettext_lazy("Assessed on"), widget=day_input())
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("It counts. Empty: does not expire."),
    )
    evidence = forms.ChoiceField(
        label=gettext_lazy("What shows it"),
        choices=[(key, capfirst(words)) for key, words in Assessment.EVIDENCE],
        initial="experience",
    )
    note = forms.CharField(
        label=gettext_lazy("What exactly"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Such as the name and number of the certificate, the course, the work done."),
    )
    link = forms.URLField(label=gettext_lazy("Link"), required=False, max_length=500, assume_scheme="https")
    file = AttachmentField()

    def __init__(self, *args: Any, skills: QuerySet[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = skills
        self.fields["assessed_on"].initial = clock.today


class CorrectionForm(AssessmentForm):
    """The same, with what was wrong."""

    skill = None
    why_corrected = forms.CharField(
        label=gettext_lazy("What was wrong"), max_length=500, help_text=gettext_lazy("Both stay readable.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
