"""Shape of an answer to a letter, of a paper that was signed, and of the words of letters (A4)."""

from django import forms
from django.utils.translation import gettext_lazy

from ismsroles.core.attachments import AttachmentField
from roles.forms.assignments import ReasonField
from roles.forms.filters import day_input
from roles.letters.texts import PLACEHOLDERS
from roles.models.text import plain_text


class AnswerForm(forms.Form):
    """Yes or no, to exactly the letter that was shown."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4000)
    decision = forms.ChoiceField(choices=[("accept", gettext_lazy("Accept")), ("decline", gettext_lazy("Decline"))])
    reason = ReasonField(
        label=gettext_lazy("Why not"),
        required=False,
        help_text=gettext_lazy("The information security manager and who approved it read this."),
    )


class PaperForm(forms.Form):
    """What the person signed, when, and where it is."""

    signed_on = forms.DateField(label=gettext_lazy("Signed on"), widget=day_input())
    reference = forms.CharField(
        label=gettext_lazy("Where the paper is"),
        required=False,
        max_length=300,
        validators=[plain_text],
        help_text=gettext_lazy("For example: contract of 3 March, personnel file."),
    )
    file = AttachmentField(label=gettext_lazy("The paper as a file"))
    reason = ReasonField(label=gettext_lazy("Note"), required=False, help_text=gettext_lazy("An auditor reads this."))


class TextForm(forms.Form):
    """The organisation's own words of one kind of letter."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=160, validators=[plain_text])
    body = forms.CharField(
        label=gettext_lazy("Text"), max_length=8000, widget=forms.Textarea({"rows": 22}), validators=[plain_text],
        help_text=gettext_lazy("An empty line begins a paragraph. “# ” begins a heading, “- ” a line of a list."),
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    placeholders = PLACEHOLDERS
