"""Shape of what is written about levels, processes, policies and questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ismsroles.core.forms import ChangeForm
from roles.clauses import CLAUSES
from roles.forms.filters import day_input
from roles.models import (
    AuthorisationLevel,
    Authority,
    Policy,
    PolicyPart,
    Process,
    ProcessPart,
    Question,
    Responsibility,
    Role,
)
from roles.models.text import plain_text

WHY = {"label": _("Why it changes"), "required": False, "max_length": 500, "help_text": _("Kept in the history.")}


class WordsFilter(forms.Form):
    """Find; `show` (the chip) rides along."""

    q = forms.CharField(label=_("Find"), required=False, max_length=200, widget=forms.TextInput({"type": "search"}))

    def asked(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("q", "")


def _in_force(form: forms.Form, name: str) -> None:
    """Roles in force, and the one that is named already."""
    field = form.fields[name]
    present = getattr(form.instance, f"{name}_id", None)
    field.queryset = Role.objects.filter(state="active") | Role.objects.filter(pk=present)
    field.widget.attrs["data-picker"] = ""


class LevelForm(ChangeForm):
    """What may be granted or decided, by which role, up to which limit."""

    class Meta:
        model = AuthorisationLevel
        fields = ["kind", "own_kind", "what", "role", "limit_kind", "limit", "amount", "level", "evidence", "note"]
        widgets = {"note": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_force(self, "role")
        self.fields["level"].min_value = 1


class ChangedLevelForm(LevelForm):
    """The same, and why."""

    reason = forms.CharField(**WHY)


class ProcessForm(ChangeForm):
    """What a process is for, and which clauses it serves."""

    clauses = forms.MultipleChoiceField(
        label=_("Clauses served"),
        required=False,
        choices=[(code, f"{code} {words}") for code, words in CLAUSES.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Process
        fields = ["name", "purpose", "clauses"]
        widgets = {"purpose": forms.Textarea({"rows": 2})}


class ChangedProcessForm(ProcessForm):
    """The same, and why."""

    reason = forms.CharField(**WHY)


class PolicyForm(ChangeForm):
    """A policy with its version, date, link and owner."""

    class Meta:
        model = Policy
        fields = ["title", "kind", "version", "dated", "link", "owner"]
        widgets = {"dated": day_input(), "link": forms.URLInput({"placeholder": "https://"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_force(self, "owner")
        self.fields["owner"].empty_label = _("Nobody yet")
        self.fields["link"].assume_scheme = "https"


class ChangedPolicyForm(PolicyForm):
    """The same, and why."""

    reason = forms.CharField(**WHY)


class ProcessPartForm(ChangeForm):
    """What a role does in a process."""

    class Meta:
        model = ProcessPart
        fields = ["role", "does"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_force(self, "role")


class PolicyPartForm(ProcessPartForm):
    """How a role puts a policy into effect."""

    class Meta(ProcessPartForm.Meta):
        model = PolicyPart


class TieField(forms.ChoiceField):
    """One responsibility, authority or level of a role in force. Cleans to that row."""

    MODELS = {"r": Responsibility, "a": Authority, "l": AuthorisationLevel}

    def fill(self, present: Any) -> None:
        """The choices of this moment, role by role; `present` stays choosable."""
        self.choices = [("", _("Choose what answers it")), *self._groups(present)]

    def _groups(self, present: Any) -> list[tuple[str, list[tuple[str, str]]]]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for letter, model in self.MODELS.items():
            rows = model.objects.filter(role__state="active").select_related("role").order_by("role__title", "pk")
            rows = rows.filter(state="active") if model is AuthorisationLevel else rows
            said = {"r": _("must"), "a": _("may"), "l": _("level")}[letter]
            for row in rows:
                groups.setdefault(row.role.title, []).append((f"{letter}:{row.pk}", f"{said}: {row} · {row.role}"))
        if present is not None and present.role.state != "active":
            groups.setdefault(present.role.title, []).append(
                (self.prepare_value(present), f"{present} · {present.role}")
            )
        return sorted(groups.items(), key=lambda group: group[0].casefold())

    def prepare_value(self, value: Any) -> Any:
        letter = next((letter for letter, model in self.MODELS.items() if isinstance(value, model)), "")
        return f"{letter}:{value.pk}" if letter else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        letter, _sign, number = text.partition(":")
        return self.MODELS[letter].objects.select_related("role").get(pk=int(number)) if text else None


class QuestionForm(ChangeForm):
    """A question, other words for it, what to do, and what in the register answers it."""

    tie = TieField(
        label=_("What answers it"),
        widget=forms.Select({"data-picker": ""}),
        help_text=_(
            "A responsibility, an authority or a level of a role in force. The name follows from it, every day anew."
        ),
    )

    class Meta:
        model = Question
        fields = ["text", "synonyms", "answer"]
        widgets = {"synonyms": forms.Textarea({"rows": 2}), "answer": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = self.instance.tie if self.instance.pk else None
        self.fields["tie"].fill(present)
        self.fields["tie"].initial = present

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        row = answers.pop("tie", None)
        if row is not None:
            names = {Responsibility: "responsibility", Authority: "authority", AuthorisationLevel: "level"}
            answers |= {name: row if isinstance(row, model) else None for model, name in names.items()}
            for name in names.values():
                setattr(self.instance, name, answers[name])
        return answers


class ChangedQuestionForm(QuestionForm):
    """The same, and why."""

    reason = forms.CharField(**WHY)


class UnansweredForm(forms.Form):
    """The words that found nothing."""

    q = forms.CharField(label=_("Your question"), max_length=200, validators=[plain_text])


class CloseForm(forms.Form):
    """How an unanswered question is closed."""

    how = forms.ChoiceField(choices=[("answered", _("It has an answer now")), ("dropped", _("It needs none"))])
