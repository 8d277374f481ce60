"""Each persona's own start page (design §8): apps say whose start is where, the first that fits wins."""

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch, reverse

_homes: dict[tuple[int, str], Callable[[Any], bool]] = {}


def register(order: int, test: Callable[[Any], bool], url_name: str) -> None:
    """`test(user)` says whether that page is this user's start; smaller orders are asked first."""
    _homes[order, url_name] = test


def home_of(user) -> str:
    """The address of the user’s start page."""
    for (_order, url_name), test in sorted(_homes.items(), key=lambda one: one[0]):
        address = _address(url_name)
        if address and test(user):
            return address
    return _address("account_change_password") or "/"


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:  # an app that is switched off has no page
        return ""
