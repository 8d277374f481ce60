"""Shape of what is written about assets, risks and acceptances."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ismsroles.core.forms import ChangeForm
from raci.models import Asset, Risk, RiskAcceptance, RiskScale
from raci.queries.acceptances import level_choices
from roles.forms.filters import ListFilter, day_input
from roles.forms.pickers import PersonField
from roles.models import Person, Role

KINDS = [(kind, capfirst(words)) for kind, words in Asset.KINDS]


def roles_that_own() -> QuerySet[Role]:
    """A role that everybody holds answers for nothing."""
    return Role.objects.exclude(state="retired").exclude(kind="everyone")


def _role(label: Any, help_text: Any = "") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        queryset=Role.objects.none(),
        label=label,
        required=False,
        help_text=help_text,
        empty_label=_("no role"),
        widget=forms.Select(attrs={"data-picker": ""}),
    )


class OwnedForm(ChangeForm):
    """Who answers for it: a role, whoever holds it, or one person."""

    owner_role = _role(_("Owner: a role"), _("Better than a person: whoever holds the role answers for it."))
    owner_person = PersonField(label=_("Owner: or one person"), required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name.endswith("_role"):
                field.queryset = roles_that_own()
            if name.endswith("_person"):
                field.people = people


class AssetForm(OwnedForm):
    """What it is, where it stands, who answers for it, who looks after it."""

    custodian_role = _role(_("Custodian: a role"), _("Looks after it day by day, for the owner. IT often does."))
    custodian_person = PersonField(label=_("Custodian: or one person"), required=False)

    class Meta:
        model = Asset
        fields = [
            "name", "kind", "owner_role", "owner_person", "custodian_role", "custodian_person", "area", "classification",
            "external_id", "link", "note",
        ]  # fmt: skip
        widgets = {"note": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = KINDS
        self.fields["area"].empty_label = _("The whole organisation")

    def clean_external_id(self) -> str | None:
        return self.cleaned_data["external_id"] or None


class AssetFilter(ListFilter):
    """Find, kind and area."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *KINDS])

    def asked(self) -> dict[str, Any]:
        """What was asked, as far as it makes sense."""
        return super().asked() | {"kind": self.cleaned_data.get("kind", "")}


class RiskForm(OwnedForm):
    """Its reference in the risk register, what remains of it, and who answers for it."""

    level = forms.TypedChoiceField(label=_("Residual level"), coerce=int, help_text=_("What remains after treatment."))

    class Meta:
        model = Risk
        fields = ["reference", "title", "level", "owner_role", "owner_person", "link"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = level_choices()


class AcceptanceForm(forms.ModelForm):
    """Who accepted it, when, until when, up to what level, and where that is written."""

    person = PersonField(label=_("Accepted by"), who="all")
    level = forms.TypedChoiceField(label=_("Up to the level"), coerce=int)

    class Meta:
        model = RiskAcceptance
        fields = ["person", "accepted_on", "until", "level", "evidence", "link"]
        widgets = {"accepted_on": day_input(), "until": day_input()}

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].people = people
        self.fields["level"].choices = level_choices()

    def _post_clean(self) -> None:
        """The action makes the row and says what is wrong with it; nothing is written into one here."""


class WithdrawForm(forms.Form):
    """Why an acceptance no longer holds."""

    reason = forms.CharField(label=_("Why it no longer holds"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class ScaleForm(forms.ModelForm):
    """What the levels are called."""

    class Meta:
        model = RiskScale
        fields = ["names"]
        widgets = {"names": forms.Textarea({"rows": 6})}
