"""What is written twice, vaguely, or without authority, over all roles that are not retired (R2, R3)."""

from dataclasses import dataclass

from ismsroles.core import scope
from roles.models import KeptPair, Responsibility
from roles.wording import Near, Text, Vague, near, vague_among


@dataclass(frozen=True)
class Overlap:
    """Two responsibilities side by side, with the reason if somebody decided that both stay as they read now."""

    one: Responsibility
    other: Responsibility
    alike: int
    kept: KeptPair | None = None


def responsibilities() -> dict[int, Responsibility]:
    """Every responsibility of a role in force or in draft; read once for a request."""
    rows = Responsibility.objects.exclude(role__state="retired").select_related("role").order_by("pk")
    return scope.remember("responsibilities", lambda: {row.pk: row for row in rows})


def _texts() -> tuple[Text, ...]:
    return tuple(Text(row.pk, row.role_id, row.text) for row in responsibilities().values())


def overlaps() -> list[Overlap]:
    """Every pair of alike responsibilities, those that nobody judged first."""
    pairs, kept = near(_texts()), _kept()
    found = [_overlap(pair, kept) for pair in pairs]
    return sorted(found, key=lambda row: (row.kept is not None, -row.alike))


def _overlap(pair: Near, kept: dict[tuple[int, int], KeptPair]) -> Overlap:
    one, other = responsibilities()[pair.one], responsibilities()[pair.other]
    judged = kept.get((one.pk, other.pk))
    as_judged = judged is not None and (judged.text_one, judged.text_other) == (one.text, other.text)
    return Overlap(one, other, pair.alike, judged if as_judged else None)


def _kept() -> dict[tuple[int, int], KeptPair]:
    """The latest judgement on each pair."""
    rows = KeptPair.objects.select_related("kept_by").order_by("pk")
    return {(row.one, row.other): row for row in rows}


def vague() -> list[tuple[Responsibility, list[Vague]]]:
    """Responsibilities whose words say nothing."""
    return [(responsibilities()[row.pk], found) for row, found in vague_among(_texts())]
