"""Choosing one person among fifty thousand: a text with suggestions, resolved on the server. Works without script."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core.names import email_key, search_key
from roles.models import Person

BY_NUMBER = re.compile(r"\[(\d{1,18})\]\s*\Z")
BY_ADDRESS = re.compile(r"<([^<>]+)>\s*\Z")


def written(person: Person) -> str:
    """How a person is written in the field: name and address; without an address, name and number in the register."""
    return f"{person.name} <{person.email}>" if person.email else f"{person.name} [{person.pk}]"


class PersonInput(forms.TextInput):
    """A text field whose suggestions are fetched while one types; people who have left only if `who` is "all"."""

    def __init__(self, who: str = "current", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.who = who

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        listed = f"{(attrs or {}).get('id', 'id_' + name)}_people"
        fetch = {
            "list": listed,
            "hx-get": f"{reverse('people-options')}?from={name}&who={self.who}",
            "hx-trigger": "input changed delay:200ms, focus once",
            "hx-target": f"#{listed}",
            "hx-swap": "innerHTML",
        }
        drawn = super().render(name, value, {**fetch, **(attrs or {})}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', drawn, listed)


class OfferInput(forms.TextInput):
    """A text field under which people are offered, each with what they hold, what stands against them and which competence is missing.

    It stands wherever somebody is chosen for something that is held. What it is for follows from the fields of its form named role,
    seat, starts_on, ends_on, area and responsibilities, and from `about`. Without script it is a plain text field."""

    def __init__(self, seat: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        if seat:
            self.about(seat=seat)

    def about(self, **known: Any) -> None:
        """What the form does not ask because it is known: role, seat, area; `delegation`: the assignment that is delegated."""
        given = dict(parse_qsl(self.attrs.get("data-about", ""))) | {name: str(value) for name, value in known.items()}
        self.attrs["data-about"] = urlencode(given)

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        return super().render(name, value, {"data-people": reverse("people-offers"), **(attrs or {})}, renderer)


class PersonField(forms.CharField):
    """One person. Give it the people that may be chosen: `form.fields["person"].people = visible_to(user, Person)…`.

    Cleans to a Person (or None). Understands “Name <address>”, an address, “Name [number]” and a name that only one has."""

    def __init__(self, *, people: QuerySet[Person] | None = None, who: str = "current", **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Type part of a name or address and choose from the list."))
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("widget", OfferInput() if who == "current" else PersonInput(who))
        super().__init__(**kwargs)
        self.people = people

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Person.objects.filter(pk=value).first()
        return written(value) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        return self._resolve(text) if text else None

    def _resolve(self, text: str) -> Person:
        people = Person.objects.none() if self.people is None else self.people
        found = list(_meant(people, text)[:2])
        if len(found) == 1:
            return found[0]
        raise ValidationError(_several(people, text) if found else _nobody(people, text))


def _meant(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """The people that this text names exactly."""
    if number := BY_NUMBER.search(text):
        return people.filter(pk=int(number[1]))
    if address := BY_ADDRESS.search(text):
        return people.filter(email_key=email_key(address[1]))
    if "@" in text:
        return people.filter(email_key=email_key(text))
    return people.filter(name_key=search_key(text))


def _several(people: QuerySet[Person], text: str) -> str:
    return _("More than one person is called that: %(names)s. Write the one you mean like this.") % {
        "names": "; ".join(written(person) for person in _meant(people, text)[:5])
    }


def _nobody(people: QuerySet[Person], text: str) -> str:
    close = [written(person) for person in people.suggested(text[:100], 5)]
    if close:
        return _("No one here is called exactly that. Did you mean %(names)s?") % {"names": "; ".join(close)}
    return _("No one to choose from is called that. Type part of the name and choose from the list.")
