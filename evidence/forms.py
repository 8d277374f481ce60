"""The shape of what is written on the pages of evidence."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from evidence.ages import AGES
from evidence.models import Engagement, Remark
from ismsroles.core.forms import ChangeForm
from roles.forms.filters import day_input
from roles.models.text import plain_text


class _Text(forms.CharField):
    """A text in any script, without what cannot be seen or printed."""

    default_validators = [plain_text]


class PrepareForm(forms.Form):
    """A new version: its number, and what it brings."""

    number = _Text(
        label=_("Version"),
        max_length=20,
        validators=[
            RegexValidator(r"^[0-9A-Za-z][0-9A-Za-z. -]*\Z", _("Write letters, digits and dots, such as 1.1."))
        ],
    )
    summary = _Text(
        label=_("What it brings"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. They are printed in the list of versions."),
    )


class SendForm(forms.Form):
    """Who approves, and who reviews before that."""

    approvers = forms.TypedMultipleChoiceField(
        label=_("Who approves"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least one person of top management."),
    )
    reviewers = forms.TypedMultipleChoiceField(
        label=_("Who reviews before that"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody need review. One person signs once: whoever approves does not review as well."),
    )

    needed = forms.IntegerField(
        label=_("How many of them must approve"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Empty: all of them. It is printed with the signatures."),
    )
    in_turn = forms.BooleanField(label=_("One after the other, in the order of this list"), required=False)

    def __init__(self, *args: Any, approvers: list[tuple[int, str]], reviewers: list[tuple[int, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["approvers"].choices = approvers
        self.fields["approvers"].error_messages["required"] = _("Tick at least one person who approves.")
        self.fields["reviewers"].choices = reviewers
        if not reviewers:
            del self.fields["reviewers"]
        if len(approvers) < 2:
            del self.fields["needed"], self.fields["in_turn"]

    def clean_reviewers(self) -> list[int]:
        """Says it beside the boxes; that nobody signs twice is the action's rule."""
        twice = set(self.cleaned_data["reviewers"]) & set(self.cleaned_data.get("approvers", ()))
        names = [label for pk, label in self.fields["reviewers"].choices if pk in twice]
        if names:
            words = {"names": ", ".join(names)}
            raise forms.ValidationError(_("Ticked twice: %(names)s. One person signs once; tick one of both.") % words)
        return self.cleaned_data["reviewers"]


class SignForm(forms.Form):
    """The password once more, and the seal of what was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    password = forms.CharField(
        label=_("Your password"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("You enter it again so that nobody else signs at your desk."),
    )


class WhyForm(forms.Form):
    """A reason that others will read."""

    reason = _Text(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class VerifyForm(forms.Form):
    """A copy to compare, or the code that is printed on its pages."""

    file = forms.FileField(
        label=_("The PDF"),
        required=False,
        allow_empty_file=True,
        max_length=1000,
        help_text=_("It is compared, not kept."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    code = forms.CharField(
        label=_("Or the code printed on its pages"),
        required=False,
        max_length=40,
        help_text=_("Such as 52F0-A91B-7E3C."),
    )


class EngagementForm(ChangeForm):
    """An audit and its days."""

    class Meta:
        model = Engagement
        fields = ["name", "firm", "starts_on", "ends_on"]
        widgets = {"starts_on": day_input(), "ends_on": day_input()}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("name", "firm"):
            self.fields[name].validators.append(plain_text)

    def _post_clean(self) -> None:
        """The shape only: what cannot be is refused by the action, with its sentence."""


class AuditorForm(forms.Form):
    """An auditor by name and address."""

    name = _Text(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The invitation goes there and is shown to nobody.")
    )


class FindingFilter(forms.Form):
    """Which findings are listed. A filter that makes no sense is left out."""

    q = forms.CharField(label=_("Find"), required=False, max_length=100, widget=forms.TextInput({"type": "search"}))
    rule = forms.ChoiceField(label=_("Rule"), required=False)
    age = forms.ChoiceField(label=_("Age"), required=False, choices=[("", _("Any age")), *AGES.items()])

    def __init__(self, *args: Any, rules: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", _("All rules")), *rules]

    def asked(self) -> dict[str, str]:
        """What was asked, as far as it makes sense."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("q", "rule", "age")}


class RemarkForm(forms.Form):
    """A note of the auditor's own, or a request."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Remark.KINDS, initial="note", widget=forms.RadioSelect)
    text = _Text(label=_("Text"), max_length=4000, widget=forms.Textarea({"rows": 4}))


class AnswerForm(forms.Form):
    """What the organisation answers."""

    answer = _Text(label=_("Answer"), max_length=4000, widget=forms.Textarea({"rows": 5}))


class SampleForm(forms.Form):
    """How many, and the seed with which the same ones are picked again."""

    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=200, initial=5)
    seed = forms.CharField(
        label=_("Seed"), required=False, max_length=40, help_text=_("The same seed picks the same people.")
    )

    def asked(self) -> dict[str, Any]:
        """What was asked, as far as it makes sense."""
        self.is_valid()
        return {"size": self.cleaned_data.get("size") or 5, "seed": self.cleaned_data.get("seed", "")}


class PastForm(forms.Form):
    """A day on which the register is looked at."""

    on = forms.DateField(label=_("Show the register as on"), widget=day_input(), required=False)


class CompareForm(forms.Form):
    """Two days, or signed versions in their place."""

    first_day = forms.DateField(label=_("From the day"), widget=day_input(), required=False)
    first = forms.ChoiceField(label=_("or the signed version"), required=False)
    second_day = forms.DateField(label=_("To the day"), widget=day_input(), required=False)
    second = forms.ChoiceField(label=_("or the signed version"), required=False)

    def __init__(self, *args: Any, versions: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].choices = [("", _("none")), *((number, number) for number in versions)]
