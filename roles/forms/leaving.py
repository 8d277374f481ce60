"""Shape of a handover and of what is decided after a move."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from roles.forms.assignments import ReasonField
from roles.forms.filters import day_input
from roles.forms.pickers import PersonField, written
from roles.models import Person
from roles.queries.handover import Row


class HandoverForm(forms.Form):
    """A successor for each seat; a line left empty stays as it is."""

    starts_on = forms.DateField(
        label=gettext_lazy("First day of the successors"),
        widget=day_input(),
        help_text=gettext_lazy("The day after the last day, unless somebody begins earlier."),
    )
    reason = ReasonField(
        label=gettext_lazy("Why these people"), help_text=gettext_lazy("The approver and the auditor read this.")
    )

    def __init__(self, *args: Any, rows: list[Row], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            if not row.hurdle:
                self.fields[f"seat_{row.seat.pk}"] = _successor(row, people)

    def lines(self) -> list[tuple[Row, forms.BoundField | None]]:
        """Each seat with its field, if it can be handed over."""
        return [(row, None if row.hurdle else self[f"seat_{row.seat.pk}"]) for row in self.rows]

    def chosen(self) -> dict[int, Person]:
        """Seat → successor, for the lines that were filled in."""
        found = {row.seat.pk: self.cleaned_data.get(f"seat_{row.seat.pk}") for row in self.rows}
        return {seat: person for seat, person in found.items() if person is not None}


def _successor(row: Row, people: QuerySet[Person]) -> PersonField:
    names = [_("%(name)s (%(why)s)") % {"name": person, "why": why} for person, why in row.candidates[:4]]
    hint = _("Near at hand: %(names)s.") % {"names": get_text_list(names, _("or"))} if names else ""
    label = _("Successor as %(seat)s of %(role)s") % {"seat": row.seat.get_seat_display(), "role": row.seat.role}
    initial = written(row.best) if row.best else ""
    field = PersonField(label=label, required=False, people=people, initial=initial, help_text=hint)
    field.widget.about(role=row.seat.role_id, seat=row.seat.seat)
    return field


class KeepForm(forms.Form):
    """Why a role stays with somebody who moved."""

    reason = ReasonField(label=gettext_lazy("Why it stays"), help_text=gettext_lazy("The auditor reads this."))
