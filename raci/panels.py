"""What this app adds to the pages of people and roles: their letters in plain words, and what they own (K1, M4)."""

from django.http import HttpRequest

from ismsroles.core import clock
from ismsroles.core.access import may
from ismsroles.core.panels import panel
from raci.queries import assets, letters_of
from roles.models import Person, Role


@panel("mine", order=20)
def mine(request: HttpRequest, person: Person | None):
    """What the reader does, answers for and owns."""
    if person is None or not may(request.user, "raci.matrix.see"):
        return None
    return _about(request, person, letters_of.YOURS, "raci/mine_panel.html")


@panel("person", order=40)
def of_person(request: HttpRequest, person: Person):
    """The same about somebody else, for whoever may see their page."""
    if not may(request.user, "raci.matrix.see"):
        return None
    return _about(request, person, letters_of.THEIRS, "raci/person_panel.html")


def _about(request: HttpRequest, person: Person, words: dict, template: str):
    day = clock.today()
    roles = letters_of.roles_of(person, day)
    said = letters_of.of_roles(roles, words)
    owned = assets.owned_by(request.user, set(roles), person)
    return (template, {"said": said, "person": person, **owned}) if said or any(owned.values()) else None


@panel("role", order=40)
def of_role(request: HttpRequest, role: Role):
    """The letters of a role and what it owns."""
    if not may(request.user, "raci.matrix.see"):
        return None
    said = letters_of.of_roles({role.pk: role.title}, letters_of.THEIRS)
    owned = assets.owned_by(request.user, {role.pk})
    return ("raci/person_panel.html", {"said": said, **owned}) if said or any(owned.values()) else None
