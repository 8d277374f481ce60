"""The published letters say who takes part in the process of the register that a process of the matrix is (R7, M1)."""

from collections.abc import Iterable

from raci.models import ActivityGroup
from raci.queries.letters_of import THEIRS
from raci.queries.published import PublishedRow, published_rows
from roles.models import Role
from roles.taking_part import Taking, provider

PARTS = "ARSC"  # who is told of something takes no part in it


@provider
def _letters() -> Iterable[Taking]:
    linked = ActivityGroup.objects.filter(retired=False, process__state="active").select_related("process")
    groups = {group.pk: group for group in linked}
    if not groups:
        return
    rows = [row for row in published_rows().values() if row.group in groups]
    roles = Role.objects.active().in_bulk({role for row in rows for role in row.letters})
    for pk, group in groups.items():
        own = [row for row in rows if row.group == pk]
        for role in sorted(
            {role for row in own for role in row.letters} & roles.keys(), key=lambda one: roles[one].title
        ):
            if does := _does(role, own):
                yield Taking(group.process, roles[role], does, group.get_absolute_url())


def _does(role: int, rows: list[PublishedRow]) -> str:
    """What a role does in these activities, in words: "Answers for: patching; backups. Carries out: …"."""
    said = []
    for letter in PARTS:
        if titles := [row.title for row in rows if letter in row.letters.get(role, "")]:
            said.append(f"{THEIRS[letter]}: {'; '.join(titles)}.")
    return " ".join(said)
