"""Shape of what is written about a role, its responsibilities and its authorities."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ismsroles.core.forms import ChangeForm, RowsField
from roles.clauses import CLAUSES
from roles.models import Authority, Responsibility, Role

KIND_HINTS = {
    "one": _("One person at a time, with a deputy."),
    "many": _("Several people, each for themselves, such as risk owners."),
    "body": _("A group that decides together, with named members."),
    "everyone": _("All staff and contractors. Nobody is assigned."),
}
OPENS = [("", _("Nothing more")), ("ism", _("Keeping this register")), ("top_management", _("Deciding and signing"))]
PERSONA_HINTS = {
    "": _("Its holders read the register, as everybody does."),
    "ism": _("Information security manager: writes roles, people and assignments."),
    "top_management": _("Top management: decides on assignments, signs documents."),
}


class RoleForm(forms.ModelForm):
    """What a role is for and where it stands."""

    clauses = forms.MultipleChoiceField(
        label=_("Clauses served"),
        required=False,
        choices=[(code, f"{code} {words}") for code, words in CLAUSES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Clauses and controls of ISO/IEC 27001 that this role helps to meet."),
    )

    class Meta:
        model = Role
        fields = ["title", "purpose", "kind", "area", "reports_to", "competences", "clauses", "persona", "deputy_signs"]
        widgets = {
            "purpose": forms.Textarea({"rows": 2}),
            "competences": forms.Textarea({"rows": 4}),
            "kind": forms.RadioSelect,
            "persona": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, capfirst(words)) for kind, words in Role.KINDS]
        self.fields["kind"].option_hints = KIND_HINTS
        self.fields["persona"].choices = OPENS
        self.fields["persona"].option_hints = PERSONA_HINTS
        self.fields["area"].empty_label = _("The whole organisation")
        self.fields["reports_to"].queryset = _others(self.instance)
        self.fields["reports_to"].empty_label = _("Nobody")


class ChangedRoleForm(RoleForm, ChangeForm):
    """The same, with the reason for the change."""

    reason = forms.CharField(
        label=_("Why it changes"), required=False, max_length=500, help_text=_("Kept in the history.")
    )


class ResponsibilityForm(forms.ModelForm):
    """What a role must do, in one sentence."""

    class Meta:
        model = Responsibility
        fields = ["text"]
        widgets = {"text": forms.Textarea({"rows": 3})}


class ChangedResponsibilityForm(ResponsibilityForm, ChangeForm):
    """Other words, and why."""

    reason = forms.CharField(
        label=_("Why it changes"), required=False, max_length=500, help_text=_("Kept in the history.")
    )


class MoveForm(forms.Form):
    """Which role takes a responsibility over."""

    role = forms.ModelChoiceField(label=_("Role that takes it over"), queryset=Role.objects.none())

    def __init__(self, *args: Any, instance: Responsibility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = _others(instance.role)


class AuthorityForm(forms.ModelForm):
    """What a role may decide, up to which limit, and which responsibilities that serves."""

    serves = RowsField(
        label=_("Which responsibilities it serves"),
        queryset=Responsibility.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Authority
        fields = ["text", "limit_kind", "limit", "serves"]
        widgets = {"text": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, duties: QuerySet[Responsibility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["serves"].queryset = duties
        self.fields["text"].help_text = _("Such as “take any system offline”.")


class ChangedAuthorityForm(AuthorityForm, ChangeForm):
    """Another wording or limit, and why."""

    reason = forms.CharField(
        label=_("Why it changes"), required=False, max_length=500, help_text=_("Kept in the history.")
    )


class AdoptForm(forms.Form):
    """Which roles of the starter library to take, and whether they are in force at once."""

    keys = forms.MultipleChoiceField(
        label=_("Roles"), error_messages={"required": _("Nothing is ticked yet. Tick the roles that you want.")}
    )
    size = forms.ChoiceField(widget=forms.HiddenInput)
    activate = forms.BooleanField(
        label=_("Put them in force at once"),
        required=False,
        help_text=_("Otherwise they are drafts, which only those who keep or check the register see."),
    )


def _others(role: Role) -> QuerySet[Role]:
    return Role.objects.exclude(state="retired").exclude(pk=role.pk)
