"""Who is told what about a delegation (A8, K2). Reading a message answers nothing (rule 14)."""

from ismsroles.notices.telling import tell
from roles.actions.readers import reader_of
from roles.models import Delegation, Person


def tell_offer(delegation: Delegation) -> None:
    """The delegate is asked."""
    _tell("delegation.offered", delegation.delegate, delegation, "offered")


def tell_answer(delegation: Delegation) -> None:
    """The holder learns what the delegate said."""
    _tell("delegation.answered", delegation.holder, delegation, delegation.state)


def tell_end(delegation: Delegation) -> None:
    """The delegate learns that it ends, and why."""
    code = "delegation.withdrawn" if delegation.state == "withdrawn" else "delegation.ends"
    _tell(code, delegation.delegate, delegation, f"{delegation.state}-{delegation.ends_on.isoformat()}")


def _tell(code: str, person: Person, delegation: Delegation, key: str) -> None:
    words = {
        "holder": delegation.holder, "delegate": delegation.delegate, "role": delegation.role, "day": delegation.ends_on,
        "state": delegation.get_state_display(), "why": delegation.answer_reason, "end": delegation.end_reason,
    }  # fmt: skip
    url = delegation.get_absolute_url()
    tell(code, [reader_of(person)], key=f"{delegation.pk}-{key}", url=url, **words)
