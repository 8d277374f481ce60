"""The Roles and Responsibilities document as a kind of record: how it is rendered, who signs it (D2)."""

from importlib.metadata import version

from django.utils.translation import gettext as _

from evidence.earlier import KIND
from evidence.policy import sees_versions
from ismsroles.records import kinds
from ismsroles.records.kinds import Identity
from roles.models import Person
from roles.policy import EVERYWHERE, standing
from roles.policy.acting import Acting


def render_draft(snapshot: bytes) -> bytes:
    from evidence import document  # the PDF engine is loaded by whoever renders, not by every process

    return document.render_draft(snapshot)


def render_final(snapshot: bytes, signoffs: bytes, log_head: str) -> bytes:
    from evidence import document

    return document.render_final(snapshot, signoffs, log_head)


def _missing(text: str) -> list[str]:
    from ismsroles.records.pdf import fonts

    return fonts.missing_characters(text)


def may_sign(user) -> bool:
    """Top management of the whole organisation today: by a current, approved holding of a role so marked (D2, design §5),
    or as the deputy of somebody away, where the role says that its deputy signs."""
    return user.is_active and (EVERYWHERE in standing(user).approves_in or stands_in_for(user) is not None)


def stands_in_for(user) -> Acting | None:
    """The absent holder for whom this deputy may sign today; nobody for who signs in their own right."""
    who = standing(user)
    if EVERYWHERE in who.approves_in:
        return None
    return next((one for one in who.acts if one.persona == "top_management" and one.area is None and one.signs), None)


def as_deputy(title: str, absent: Person) -> str:
    """What is printed as the role of a deputy who signs: with the name of the one for whom."""
    return (_("Deputy of %(role)s, for %(person)s") % {"role": title, "person": absent})[:200]


def identity(user) -> Identity:
    """The person behind a login, the same for all logins of that person (security case 6)."""
    who = standing(user)
    if who.person is None:
        return kinds.login_only(user)
    key, absent = f"person-{who.person.pk}", stands_in_for(user)
    if absent is None:
        return Identity(key, who.person.name, who.approves_as)
    return Identity(key, who.person.name, as_deputy(absent.title, absent.person), (f"person-{absent.person.pk}",))


kinds.register(
    kinds.Kind(
        KIND,
        render_draft,
        render_final,
        f"weasyprint {version('weasyprint')}",
        may_sign,
        identity=identity,
        missing=_missing,
        visible=sees_versions,
        for_everybody=True,
    )
)
