"""Who is told what about a delegation (A8, K2). Reading a mail answers nothing (rule 14)."""

from django.utils.translation import gettext as _

from ismsroles.notices import mail
from roles.actions.telling import link
from roles.models import Delegation, Person
from roles.terms import in_words


def tell_offer(delegation: Delegation) -> None:
    """The delegate is asked."""
    text = _(
        "Hello %(name)s,\n\n%(holder)s asks you to carry out some responsibilities of the role “%(role)s” until %(day)s.\n"
        "Sign in, read which, and accept or decline:\n\n%(link)s\n"
    )
    _write(delegation.delegate, delegation, _("%(holder)s asks you to take something over"), text, "offered")


def tell_answer(delegation: Delegation) -> None:
    """The holder learns what the delegate said."""
    text = _(
        "Hello %(name)s,\n\n%(delegate)s has answered your delegation for the role “%(role)s”: %(state)s.\n%(why)s\n\n%(link)s\n"
    )
    _write(delegation.holder, delegation, _("%(delegate)s has answered: %(state)s"), text, f"answer-{delegation.state}")


def tell_end(delegation: Delegation) -> None:
    """The delegate learns that it ends, and why."""
    text = _(
        "Hello %(name)s,\n\nwhat %(holder)s delegated to you for the role “%(role)s” ends on %(day)s.\nWhy: %(end)s\n\n%(link)s\n"
    )
    if delegation.state == "withdrawn":
        text = _(
            "Hello %(name)s,\n\nwhat %(holder)s wanted to delegate to you for the role “%(role)s” was withdrawn.\n"
            "Why: %(end)s\n\n%(link)s\n"
        )
    key = f"end-{delegation.state}-{delegation.ends_on.isoformat()}"
    _write(delegation.delegate, delegation, _("A delegation ends: %(role)s"), text, key)


def _write(person: Person, delegation: Delegation, subject: str, text: str, key: str) -> None:
    if not person.email:
        return
    words = {
        "name": person,
        "holder": delegation.holder,
        "delegate": delegation.delegate,
        "role": delegation.role,
        "day": in_words(delegation.ends_on),
        "state": delegation.get_state_display(),
        "why": delegation.answer_reason,
        "end": delegation.end_reason,
        "link": link("delegation", delegation.pk),
    }
    mail.post(to=person.email, subject=subject % words, text=text % words, key=f"delegation-{delegation.pk}-{key}")
