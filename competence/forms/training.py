"""Shape of training: plans, results, courses and who took them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competence.models import Course, Skill, TrainingAction
from ismsroles.core import clock
from ismsroles.core.attachments import AttachmentField
from ismsroles.core.forms import ChangeForm, RowsField
from roles.forms.filters import ListFilter, day_input
from roles.forms.pickers import PersonField
from roles.models import Person, Role


class TrainingForm(ChangeForm):
    """What is done, who sees to it, by when."""

    owner = PersonField(label=gettext_lazy("Who sees to it"))

    class Meta:
        model = TrainingAction
        fields = ["skill", "what", "owner", "due_on", "cost"]
        widgets = {"due_on": day_input(), "skill": forms.Select({"data-picker": ""})}

    def __init__(self, *args: Any, people: QuerySet[Person], skills: QuerySet[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].people = people
        self.fields["skill"].queryset = skills
        self.fields["skill"].empty_label = gettext_lazy("None in particular")
        if self.instance.pk:
            del self.fields["skill"]


class PlanForm(forms.Form):
    """For one appointment: who sees to it, and for each missing skill what is done by when."""

    owner = PersonField(label=gettext_lazy("Who sees to it"))

    def __init__(self, *args: Any, people: QuerySet[Person], missing: list[tuple[Skill, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].people = people
        self.missing = missing
        for skill, state in missing:
            self.fields[f"what_{skill.pk}"] = forms.CharField(
                label=_("%(skill)s: what is done") % {"skill": skill}, max_length=300, help_text=state
            )
            self.fields[f"due_{skill.pk}"] = forms.DateField(label=_("By"), widget=day_input())

    def pairs(self) -> list[tuple[Skill, forms.BoundField, forms.BoundField]]:
        """Each missing skill with its two fields."""
        return [(skill, self[f"what_{skill.pk}"], self[f"due_{skill.pk}"]) for skill, _state in self.missing]

    def lines(self) -> list[dict[str, Any]]:
        """What was filled in, one entry a skill."""
        answers = self.cleaned_data
        return [
            {"skill": skill, "what": answers[f"what_{skill.pk}"], "due_on": answers[f"due_{skill.pk}"]}
            for skill, _state in self.missing
        ]


class FinishForm(forms.Form):
    """On which day, with which result."""

    done_on = forms.DateField(label=gettext_lazy("Done on"), widget=day_input())
    result = forms.CharField(
        label=gettext_lazy("Result"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "Such as “passed” or “led the exercise”. The gap closes when somebody assesses the skill."
        ),
    )
    file = AttachmentField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].initial = clock.today


class CheckForm(forms.Form):
    """Whether it helped, and what shows that."""

    helped = forms.TypedChoiceField(
        label=gettext_lazy("Did it help?"),
        coerce=lambda text: text == "yes",
        choices=[
            ("yes", gettext_lazy("Yes, the person can do it now")),
            ("no", gettext_lazy("No, something else is needed")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("What shows it"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class WhyForm(forms.Form):
    """Why something is not done."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea({"rows": 2}))


class CourseForm(ChangeForm):
    """What is repeated, by whom, how often."""

    class Meta:
        model = Course
        fields = ["title", "description", "area", "role", "every_months", "first_days", "starts_on"]
        widgets = {"starts_on": day_input(), "description": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].empty_label = gettext_lazy("Everybody")
        self.fields["role"].empty_label = gettext_lazy("Whatever their role")
        self.fields["role"].queryset = Role.objects.active()
        if not self.instance.pk:
            self.fields["starts_on"].initial = clock.today


class AttendanceForm(forms.Form):
    """Who took it on which day."""

    done_on = forms.DateField(label=gettext_lazy("Taken on"), widget=day_input())
    result = forms.CharField(label=gettext_lazy("Result"), required=False, max_length=300)
    people = RowsField(
        label=gettext_lazy("Who took it"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["done_on"].initial = clock.today


class MatrixFilter(ListFilter):
    """Find, area and role; `show` (the chip) rides along."""

    role = forms.TypedChoiceField(label=gettext_lazy("Role"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, roles: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", gettext_lazy("All roles")), *roles]

    def asked(self) -> dict[str, Any]:
        return super().asked() | {"role": self.cleaned_data.get("role")}
