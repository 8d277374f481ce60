"""How a command is told whom it is about: by personnel number, e-mail address, or id in the register."""

from django.core.management.base import CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from ismsroles.core.models import User
from ismsroles.core.names import email_key
from roles.models import Person

COULD_NOT = 2
HELP = "a personnel number, an e-mail address, or id:NUMBER of the register (the number alone where it is nobody's personnel number)"


def person_named(text: str) -> Person:
    """The one person that the text names; anything else ends the command with status 2."""
    found = list(Person.objects.filter(_meant(text.strip())).select_related("area", "manager")[:2])
    if len(found) == 1:
        return found[0]
    if found:
        names = "; ".join(f"{person}: id:{person.pk}" for person in found)
        raise CommandError(
            _("“%(text)s” may mean two people: %(names)s") % {"text": text, "names": names}, returncode=2
        )
    raise CommandError(_("Nobody in the register is “%s”.") % text, returncode=COULD_NOT)


def _meant(text: str) -> Q:
    number = text.removeprefix("id:")
    by_id = Q(pk=int(number)) if number.isascii() and number.isdigit() and len(number) < 18 else Q(pk__in=[])
    if text.startswith("id:"):
        return by_id
    if "@" in text:
        return Q(email_key=email_key(text))
    return Q(external_id=text) | by_id


def login_named(address: str | None) -> User | None:
    """The login in whose name a command acts; none is whoever runs the system."""
    if not address:
        return None
    user = User.objects.filter(email=email_key(address)).first()
    if user is None:
        raise CommandError(_("Nobody signs in as %s.") % address, returncode=COULD_NOT)
    return user
