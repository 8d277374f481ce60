"""Small matrices for tests. Rows are made directly; what the tests are about goes through actions."""

from itertools import count

from raci.models import Activity, ActivityGroup, Allocation, canonical_letters
from roles.models import Role

_numbers = count(1)


def group(name: str = "", **values) -> ActivityGroup:
    return ActivityGroup.objects.create(name=name or f"Process {next(_numbers)}", **values)


def activity(title: str = "", *, letters: dict[Role, str] | None = None, **values) -> Activity:
    """An activity with letters by role."""
    if "group" not in values:
        values["group"] = group()
    made = Activity.objects.create(title=title or f"Activity {next(_numbers)}", **values)
    for role, text in (letters or {}).items():
        Allocation.objects.create(activity=made, role=role, letters=canonical_letters(text))
    return made


def letters(of: Activity, role: Role) -> str:
    """What stands in the cell now."""
    found = Allocation.objects.filter(activity=of, role=role).first()
    return found.letters if found else ""
