"""Shape of what is written about meetings (T2, T3, T5)."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import clock
from ismsroles.core.forms import ChangeForm
from reviews.models import AgendaItem, ManagersReport, Meeting, TeamAction
from reviews.queries.meetings import may_sit
from reviews.queries.team import Team
from roles.forms.assignments import ReasonField
from roles.forms.filters import day_input
from roles.forms.pickers import PersonField
from roles.models import Person
from roles.models.text import plain_text


def time_input() -> forms.TimeInput:
    """An hour, in the browser's own clock."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class _Words(forms.CharField):
    """A text in any script, without what cannot be seen or printed."""

    default_validators = [plain_text]


class WhenForm(forms.Form):
    """Day, hour, how long, where."""

    first = forms.DateField(label=gettext_lazy("Day"), widget=day_input())
    at = forms.TimeField(label=gettext_lazy("Begins"), widget=time_input())
    lasts = forms.IntegerField(label=gettext_lazy("Minutes it lasts"), min_value=15, max_value=24 * 60, initial=120)
    place = _Words(
        label=gettext_lazy("Place"), max_length=300, help_text=gettext_lazy("A room, or the address of a video call.")
    )


class PlanForm(WhenForm):
    """A row of meetings from the first one on."""

    count = forms.IntegerField(
        label=gettext_lazy("How many"), min_value=1, max_value=12, initial=4,
        help_text=gettext_lazy("The others follow in the interval of the team’s rules, never later; a weekend moves to the Friday before."),
    )  # fmt: skip


class MoveForm(WhenForm):
    """Another time or place, and why."""

    reason = ReasonField(
        label=gettext_lazy("Why it changes"), required=False, help_text=gettext_lazy("Kept in the history.")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def answers(self) -> dict[str, Any]:
        """What the action takes: one moment of day and hour where the organisation is."""
        given = dict(self.cleaned_data)
        given["starts_at"] = datetime.combine(given.pop("first"), given.pop("at"), clock.zone())
        return given


class HoldForm(forms.Form):
    """For each place who sat in it."""

    guests = _Words(
        label=gettext_lazy("Guests"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Who else came, one a line."),
    )  # fmt: skip

    def __init__(self, *args: Any, team: Team, came: dict[int, int | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = team.seats
        for seat in team.seats:
            people = may_sit(team, seat)
            names = [(person.pk, self._name(person, seat.person)) for person in people]
            label = str(seat.area or _("The whole organisation"))
            self.fields[f"seat_{seat.pk}"] = forms.TypedChoiceField(
                label=f"{label}: {seat.person}", coerce=int, empty_value=None, required=False,
                choices=[("", _("Nobody")), *names], initial=came.get(seat.pk, seat.person_id if not came else None),
            )  # fmt: skip
        self.order_fields([*(f"seat_{seat.pk}" for seat in team.seats), "guests"])

    @staticmethod
    def _name(person: Person, member: Person) -> str:
        return str(person) if person.pk == member.pk else _("%(person)s, deputy") % {"person": person}

    def came(self) -> dict[int, int | None]:
        """Seat → who sat in it."""
        return {seat.pk: self.cleaned_data.get(f"seat_{seat.pk}") for seat in self.seats}


class ReportForm(ChangeForm):
    """The five parts of the report."""

    class Meta:
        model = ManagersReport
        fields = list(ManagersReport.PARTS)
        widgets = {name: forms.Textarea({"rows": 3}) for name in ManagersReport.PARTS}


class ItemForm(forms.Form):
    """One more thing to talk about."""

    title = _Words(label=gettext_lazy("Item"), max_length=200)


class NoteForm(ChangeForm):
    """What was said."""

    class Meta:
        model = AgendaItem
        fields = ["note"]
        widgets = {"note": forms.Textarea({"rows": 5})}


class _OfItem(forms.Form):
    """Something that came up under an item of the agenda."""

    item = forms.ModelChoiceField(label=gettext_lazy("Under"), queryset=AgendaItem.objects.none(), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = AgendaItem.objects.filter(meeting=meeting)


class DecisionForm(_OfItem):
    """What was decided."""

    text = _Words(label=gettext_lazy("Decision"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class ActionForm(_OfItem):
    """What somebody has to do, and until when."""

    text = _Words(label=gettext_lazy("What is to be done"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    owner = PersonField(label=gettext_lazy("Who does it"))
    due_on = forms.DateField(label=gettext_lazy("Until"), widget=day_input())

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].people = people


class ChangedActionForm(ChangeForm):
    """Another owner or day, and why."""

    owner = PersonField(label=gettext_lazy("Who does it"))
    reason = ReasonField(label=gettext_lazy("Why"), help_text=gettext_lazy("The next meeting reads it."))

    class Meta:
        model = TeamAction
        fields = ["owner", "due_on"]
        widgets = {"due_on": day_input()}

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].people = people

    def _post_clean(self) -> None:
        """The action makes the change and says what is wrong with it; here is only the shape."""


class ResultForm(forms.Form):
    """What came of it."""

    result = _Words(label=gettext_lazy("What came of it"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class WhyForm(forms.Form):
    """A reason that others will read."""

    reason = ReasonField(label=gettext_lazy("Why"), help_text=gettext_lazy("Kept in the history."))


class MaybeWhyForm(forms.Form):
    """A reason, if there is one."""

    reason = ReasonField(label=gettext_lazy("Why"), required=False, help_text=gettext_lazy("Kept in the history."))
