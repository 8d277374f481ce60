"""What the starter library offers, and what of it is there already (R4)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ismsroles.core.models import Organisation
from roles.models import Role
from roles.starter import SIZES, StarterRole, for_size, library

WORDS = {
    "small": (_("Small"), _("up to 25 people")),
    "medium": (_("Medium"), _("26 to 250 people")),
    "large": (_("Large"), _("more than 250 people")),
}


@dataclass(frozen=True)
class Offer:
    """One starter role, the role in the register that it already is (if any), and whom it reports to."""

    starter: StarterRole
    there: Role | None
    superior: str
    duties: list[tuple[str, list[Any]]]
    kind: str


def offers(size: str) -> list[Offer]:
    """The roles for this size, superiors first, each with what is there already. One query."""
    present = list(Role.objects.exclude(state="retired"))
    by_key = {role.starter_key: role for role in present if role.starter_key}
    by_title = {role.title.lower(): role for role in present}
    kinds = dict(Role.KINDS)
    return [
        Offer(
            one,
            by_key.get(one.key) or by_title.get(one.title.lower()),
            library()[one.reports_to].title if one.reports_to else "",
            [(text, [a for a in one.authorities if at in a.serves]) for at, text in enumerate(one.responsibilities)],
            str(kinds[one.kind]),
        )
        for one in for_size(size)
    ]


def own_size() -> str:
    """The size that the organisation said it has."""
    return Organisation.current().size if Organisation.current().size in SIZES else "small"


def size_links(chosen: str) -> list[dict[str, Any]]:
    """The three sizes as links."""
    return [
        {
            "label": WORDS[size][0],
            "words": WORDS[size][1],
            "url": f"?size={size}",
            "on": size == chosen,
            "count": len(for_size(size)),
        }
        for size in SIZES
    ]
