"""What stands in the navigation. Each app registers its own entries in ready(); a person sees those meant for them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject


@dataclass(frozen=True)
class Entry:
    """One registered line of the navigation."""

    group: Any
    label: Any
    url_name: str
    icon: str
    order: int
    shown: Callable[[Any], bool]
    count: Callable[[Any], int | None]


@dataclass(frozen=True)
class Item:
    """One line as one person sees it on one page."""

    label: Any
    url: str
    icon: str
    count: int | None
    current: str


_entries: dict[str, Entry] = {}


def register(
    group: Any,
    label: Any,
    url_name: str,
    icon: str,
    *,
    order: int,
    shown: Callable[[Any], bool] = lambda user: True,
    count: Callable[[Any], int | None] = lambda user: None,
) -> None:
    """Add one line. Groups stand in the order of their first entry. `shown` and `count` run on each page: keep them cheap."""
    _entries[url_name] = Entry(group, label, url_name, icon, order, shown, count)


def items_for(request: HttpRequest) -> list[tuple[Any, list[Item]]]:
    """The navigation of the signed-in person as (group, items), with the page they are on marked."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    found = [(entry, url) for entry in _in_order() if (url := _address(entry)) and entry.shown(user)]
    here = _here(request.path, [url for _entry, url in found])
    groups: dict[str, tuple[Any, list[Item]]] = {}
    for entry, url in found:
        current = "" if url != here else "page" if url == request.path else "true"
        item = Item(entry.label, url, entry.icon, entry.count(user), current)
        groups.setdefault(str(entry.group), (entry.group, []))[1].append(item)
    return list(groups.values())


def _in_order() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: entry.order)


def _address(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:  # an app that is switched off has no page
        return ""


def _here(path: str, addresses: list[str]) -> str:
    """The entry whose page or section this is: the longest address that the path starts with; `/` only if it is `/`."""
    inside = [url for url in addresses if url == path or (url != "/" and path.startswith(url))]
    return max(inside, key=len, default="")


def theme_of(request: HttpRequest) -> str:
    """The colours a person chose: light, dark, or nothing (as the device)."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in ("light", "dark") else ""


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what the frame of every page needs, worked out only when a template asks for it."""
    return {
        "nav": SimpleLazyObject(lambda: items_for(request)),
        "organisation": SimpleLazyObject(_organisation),
        "theme": theme_of(request),
    }


def _organisation() -> Any:
    from ismsroles.core.models import Organisation

    return Organisation.current()
