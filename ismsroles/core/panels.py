"""Parts that upper apps add to the pages of lower ones: `{% panels "role" role %}` draws what was registered for "role"."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

Panel = Callable[[HttpRequest, Any], "tuple[str, dict[str, Any]] | None"]
_panels: dict[str, list[tuple[int, Panel]]] = {}


def panel(place: str, *, order: int = 50) -> Callable[[Panel], Panel]:
    """The decorated function gets (request, object) and gives (template, context), or None when it has nothing to show."""

    def register(function: Panel) -> Panel:
        _panels.setdefault(place, []).append((order, function))
        return function

    return register


def drawn(place: str, request: HttpRequest, subject: Any) -> list[str]:
    """The parts of a place for this user, in their order."""
    shown = [one(request, subject) for _order, one in sorted(_panels.get(place, []), key=lambda entry: entry[0])]
    return [render_to_string(template, context, request) for template, context in filter(None, shown)]
