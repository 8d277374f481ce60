"""The Roles and Responsibilities document as a kind of record: how it is rendered, who signs it (D2)."""

from importlib.metadata import version

from evidence.earlier import KIND
from evidence.policy import sees_versions
from ismsroles.records import kinds
from ismsroles.records.kinds import Identity
from roles.policy import EVERYWHERE, standing


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
    """Top management of the whole organisation today: by a current, approved holding of a role so marked (D2, design §5)."""
    return user.is_active and EVERYWHERE in standing(user).approves_in


def identity(user) -> Identity:
    """The person behind a login, the same for all logins of that person (security case 6)."""
    who = standing(user)
    if who.person is None:
        return kinds.login_only(user)
    return Identity(f"person-{who.person.pk}", who.person.name, who.approves_as)


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
