"""Shape of what is written about skills and requirements."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from competence.models import Requirement, Skill
from competence.models.skills import LEVELS
from ismsroles.core.forms import ChangeForm

LEVEL_CHOICES = [(number, f"{number} – {name}") for number, name in LEVELS]


class SkillForm(ChangeForm):
    """A skill and what each level of it looks like."""

    class Meta:
        model = Skill
        fields = ["name", "description", "level_1", "level_2", "level_3", "level_4"]
        widgets = {"description": forms.Textarea({"rows": 2})}


class RequirementForm(forms.Form):
    """Which skill, up to which level, how firmly, how it is shown."""

    skill = forms.ModelChoiceField(
        label=_("Skill"), queryset=Skill.objects.none(), widget=forms.Select({"data-picker": ""})
    )
    level = forms.TypedChoiceField(
        label=_("Level"), coerce=int, choices=LEVEL_CHOICES[1:], initial=2, widget=forms.RadioSelect
    )
    strength = forms.ChoiceField(
        label=_("How firmly"),
        choices=[(key, capfirst(words)) for key, words in Requirement.STRENGTHS],
        initial="must",
        widget=forms.RadioSelect,
    )
    proof = forms.ChoiceField(
        label=_("Shown"),
        choices=[(key, capfirst(words)) for key, words in Requirement.PROOFS],
        required=False,
        help_text=_("Only evidence of this kind counts then."),
    )

    def __init__(self, *args: Any, skills: QuerySet[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = skills
        self.fields["strength"].option_hints = {
            "must": _("Who lacks it is proposed only with a training plan."),
            "should": _("Who lacks it is proposed with a reason."),
        }


class ChangedRequirementForm(ChangeForm):
    """The same for a line that is there; its skill stays."""

    level = forms.TypedChoiceField(label=_("Level"), coerce=int, choices=LEVEL_CHOICES[1:], widget=forms.RadioSelect)

    class Meta:
        model = Requirement
        fields = ["level", "strength", "proof"]
        widgets = {"strength": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["strength"].choices = [(key, capfirst(words)) for key, words in Requirement.STRENGTHS]
        self.fields["proof"].choices = [(key, capfirst(words)) for key, words in Requirement.PROOFS]

    def validate_constraints(self) -> None:
        """The action ends the old line first."""


class ExpectationForm(forms.Form):
    """What holders of the role are measured by."""

    text = forms.CharField(
        label=_("What is expected"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("So that it can be measured: how much, how often, by when."),
    )
