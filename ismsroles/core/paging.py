"""Long lists, a page at a time."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 50


class _Counted(Paginator):
    """A paginator that is told how many rows there are, when the page has counted them already."""

    def __init__(self, *args: Any, total: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._total = total

    @cached_property
    def count(self) -> int:
        return len(self.object_list) if self._total is None and isinstance(self.object_list, list) else self._counted()

    def _counted(self) -> int:
        return self.object_list.count() if self._total is None else self._total


def page_of(request: HttpRequest, rows: QuerySet | Sequence, *, total: int | None = None, size: int = ROWS) -> Page:
    """The page that `?page=` asks for; nonsense gives the first one, too far the last. `total` saves a query."""
    return _Counted(rows, size, total=total).get_page(typed(request, "page"))


def typed(request: HttpRequest, name: str, at_most: int = 200) -> str:
    """What a link or a filter says, without characters that no database takes, and not endless."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:at_most]
