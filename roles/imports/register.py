"""The register as an import finds it: everybody and every area, read in a fixed number of queries however long the file is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ismsroles.core.models import Organisation
from ismsroles.core.names import search_key
from roles.models import Area, Assignment, Person


@dataclass
class Register:
    """People by all that an import may know them by."""

    people: dict[int, Person]
    areas: dict[str, Area]
    by_external_id: dict[str, Person] = field(default_factory=dict)
    by_email: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for person in self.people.values():
            self.by_name[person.name_key].append(person)
            if person.email_key:
                self.by_email[person.email_key] = person
            if person.external_id:
                self.by_external_id[person.external_id] = person

    def named(self, name_key: str) -> list[Person]:
        """Everybody of that name, without making up an entry for it."""
        return self.by_name.get(name_key, [])


def read_register(*, lock: bool = False) -> Register:
    """Everybody as they are now. With `lock` nobody else changes or imports people until the transaction ends."""
    people = Person.objects.select_related("area").order_by("pk")
    if lock:
        Organisation.objects.select_for_update().order_by("pk").first()
        people = people.select_for_update(of=("self",))
    areas = {search_key(area.name): area for area in Area.objects.order_by("-pk")}
    return Register({person.pk: person for person in people}, areas)


def what_ends(leaving: dict[int, date]) -> dict[int, list[Assignment]]:
    """What the leavers hold beyond their last day, or are proposed for; by person, one query."""
    if not leaving:
        return {}
    found: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in _held(leaving):
        beyond = assignment.ends_on is None or assignment.ends_on > leaving[assignment.person_id]
        if assignment.state == "proposed" or beyond:
            found[assignment.person_id].append(assignment)
    return found


def _held(people: Iterable[int]) -> Iterable[Assignment]:
    held = Assignment.objects.filter(person_id__in=list(people), state__in=["approved", "proposed"])
    return held.select_related("role").order_by("role__title", "pk")
