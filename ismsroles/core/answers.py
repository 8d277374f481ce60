"""How the questions and answers of a form are shown: which control, tied to which hint, and what is said when one is wrong."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    DateField,
    Field,
    FileInput,
    PasswordInput,
    RadioSelect,
    Select,
)
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

EMPTY_ANSWERS = {
    "input": lambda: _("This is still empty. Write an answer."),
    "select": lambda: _("Nothing is chosen yet. Choose one."),
    "choices": lambda: _("Nothing is chosen yet. Choose one."),
    "check": lambda: _("Tick this to go on."),
    "file": lambda: _("No file is chosen yet. Choose one."),
}


def shape_of(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "file" if isinstance(widget, FileInput) else "select" if isinstance(widget, Select) else "input"


def control(bound: BoundField, shape: str, hint: Any, extra: dict[str, Any]) -> SafeString:
    """The control itself, tied to its hint and its error for people who listen to the page."""
    told_by = [f"{bound.auto_id}_hint"] if hint else []
    told_by += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes = {key.replace("_", "-"): value for key, value in extra.items()}
    if told_by:
        attributes["aria-describedby"] = " ".join(told_by)
    if shape == "select":
        _name_the_blank(bound)
    if shape != "check":
        attributes["class"] = f"input {bound.field.widget.attrs.get('class', '')}".strip()
    return bound.as_widget(attrs=attributes)


def is_never_sent_back(bound: BoundField) -> bool:
    """Passwords and files are not in the page that comes back: they have to be given again."""
    return isinstance(bound.field.widget, (PasswordInput, FileInput))


def _name_the_blank(bound: BoundField) -> None:
    """The choice that chooses nothing says so, instead of showing a row of dashes."""
    if getattr(bound.field, "empty_label", None) == "---------":
        bound.field.empty_label = _("Choose one") if bound.field.required else _("None")


def _default(error: ValidationError, kind: type[Field]) -> bool:
    """Whether the form said nothing of its own about this error."""
    return str(error.message) == str(kind.default_error_messages.get(error.code, ""))


def _sentence(bound: BoundField, shape: str, error: ValidationError) -> str:
    """What to write, not what is forbidden, where Django has only its general words."""
    if error.code == "required" and _default(error, Field):
        return EMPTY_ANSWERS.get(shape, EMPTY_ANSWERS["input"])()
    if error.code == "invalid" and isinstance(bound.field, DateField) and _default(error, DateField):
        return _("There is no such day. Write the date as 2027-02-28.")
    return " ".join(error.messages)


def error_words(bound: BoundField) -> str:
    """All that is wrong with one answer, in sentences."""
    return " ".join(_sentence(bound, shape_of(bound), error) for error in bound.errors.as_data())


def options(bound: BoundField) -> list[tuple[Any, Any]]:
    """Radio buttons or boxes, each with the sentence the form gives it in `option_hints`."""
    hints = getattr(bound.field, "option_hints", {})
    return [(option, hints.get(str(option.data["value"]), "")) for option in bound.subwidgets]
