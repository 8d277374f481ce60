"""Shape of what is written about audits of roles."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from reviews.forms.reviews import words
from reviews.models import AuditQuestion, RoleAudit
from roles.forms.filters import day_input
from roles.forms.pickers import PersonField
from roles.models import Person
from roles.models.text import plain_text


class AuditForm(forms.ModelForm):
    """Who audits, when, what, and how many people are drawn."""

    auditor = PersonField(label=_("Internal auditor"), required=False)
    sample_size = forms.IntegerField(label=_("How many people are talked to"), initial=5, min_value=1, max_value=50)

    class Meta:
        model = RoleAudit
        fields = ["title", "kind", "scope", "starts_on", "ends_on", "auditor", "auditor_name"]
        widgets = {
            "starts_on": day_input(),
            "ends_on": day_input(),
            "kind": forms.RadioSelect,
            "scope": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["auditor"].people = people
        self.fields["kind"].choices = [(key, capfirst(said)) for key, said in RoleAudit.KINDS]

    def _post_clean(self) -> None:
        """The action makes the row and says what is wrong with it; here is only the shape."""


class AnswerForm(forms.Form):
    """The result of one question; for a nonconformity, the action."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=[(key, capfirst(said)) for key, said in AuditQuestion.RESULTS],
        widget=forms.RadioSelect,
    )
    seen = words(
        _("What was seen"), help_text=_("Which evidence, whom you talked to. An auditor after you can follow it.")
    )
    action = words(_("Corrective action"), required=False, rows=2, help_text=_("For a nonconformity."))
    cause = words(_("Cause"), required=False, rows=2, help_text=_("Why it came to it (10.2)."))
    owner = PersonField(label=_("Who sees to it"), required=False)
    due_on = forms.DateField(label=_("By"), required=False, widget=day_input())

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].people = people


class ConclusionForm(forms.Form):
    """What the audit means."""

    conclusion = words(_("Conclusion"), rows=5)


class ActionDoneForm(forms.Form):
    """What was done."""

    result = words(_("What was done"))


class VerifyForm(forms.Form):
    """Whether it works, and what shows it."""

    works = forms.TypedChoiceField(
        label=_("Does it work?"), choices=[("yes", _("It works")), ("no", _("Not yet"))], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = forms.CharField(
        label=_("What shows it"), max_length=2000, widget=forms.Textarea({"rows": 2}), validators=[plain_text]
    )
