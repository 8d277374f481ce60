"""Shape of handing in a version, and of choosing who signs it off (T4)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ismsroles.core.attachments import AttachmentField
from reviews.models import Paper
from roles.models import Policy, Process


class PaperForm(forms.ModelForm):
    """Of what, which version, what it brings, and the file or where it is kept."""

    file = AttachmentField()

    class Meta:
        model = Paper
        fields = ["policy", "process", "number", "summary", "link", "sha256"]
        widgets = {"summary": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy"].queryset = Policy.objects.filter(state="active")
        self.fields["process"].queryset = Process.objects.filter(state="active")
        self.fields["sha256"].required = False
        self.order_fields(["policy", "process", "number", "summary", "file", "link", "sha256"])

    def _post_clean(self) -> None:
        """The action makes the row and says what is wrong with it; here is only the shape."""


class SendPaperForm(forms.Form):
    """Who signs it off."""

    signers = forms.TypedMultipleChoiceField(
        label=_("Who signs it off"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signers"].choices = members
        self.fields["signers"].error_messages["required"] = _("Tick at least one member of the team.")
