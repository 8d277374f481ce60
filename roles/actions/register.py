"""Roles, their responsibilities and authorities: write, change, put in force, retire (R1–R3; rule 7)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from ismsroles.core import clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import InUse, Invalid, WrongState
from roles import users
from roles.actions import changes
from roles.models import Assignment, Authority, AuthorityServes, Responsibility, Role
from roles.states import ROLE


@transaction.atomic
def add_role(*, actor, **values: Any) -> Role:
    """A new role, as a draft (R1)."""
    require(actor, "roles.role.keep")
    role = history.save(Role(**values), actor=actor)
    events.record("role.added", actor=actor, subject=role)
    return role


@transaction.atomic
def change_role(role: Role, *, actor, reason: str = "", **values: Any) -> Role:
    """Change what is written about a role. Kind and access cannot change under people who were approved for them."""
    require(actor, "roles.role.keep")
    role = _writable(_locked(role))
    for name, words in (("kind", _("its kind")), ("persona", _("what it opens"))):
        if name in values and values[name] != getattr(role, name):
            _refuse_while_held(
                role,
                _("%(role)s is held or proposed, so %(what)s stays. End these first.") % {"role": role, "what": words},
            )
    _refuse_under_deputies(role, values)
    if what := changes.apply(role, values):
        history.save(role, actor=actor, reason=reason)
        events.record("role.changed", actor=actor, subject=role, what=what, reason=reason)
    return role


def _refuse_under_deputies(role: Role, values: Mapping[str, Any]) -> None:
    """A deputy is approved knowing whether they may sign: that does not change under them (D2, A3)."""
    if "deputy_signs" not in values or values["deputy_signs"] == role.deputy_signs:
        return
    seats = Assignment.objects.filter(role=role, seat="deputy", state__in=["proposed", "approved"])
    if seats.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today())).exists():
        words = {"role": role}
        raise Invalid(
            _("%(role)s has a deputy, so whether deputies sign stays. End that term first.") % words, "deputy_signs"
        )


@transaction.atomic
def activate_role(role: Role, *, actor) -> Role:
    """Put a draft in force: it needs a purpose and at least one responsibility (R2)."""
    require(actor, "roles.role.keep")
    role = _locked(role)
    state = ROLE.move(role.state, "activate")
    if not role.purpose.strip():
        raise Invalid(_("Write the purpose of %(role)s first, in one sentence.") % {"role": role}, "purpose")
    if not role.responsibilities.exists():
        raise Invalid(_("Give %(role)s at least one responsibility first.") % {"role": role})
    role.state = state
    history.save(role, actor=actor)
    events.record("role.activated", actor=actor, subject=role)
    return role


@transaction.atomic
def retire_role(role: Role, *, actor, reason: str = "") -> Role:
    """Take a role out of force. Refused, with the list, while it still holds something (rule 7)."""
    require(actor, "roles.role.keep")
    role = _locked(role)
    state = ROLE.move(role.state, "retire")
    if needed := users_of(role):
        raise InUse(
            _("%(role)s still holds something, so it was not retired. Move or end these first.") % {"role": role},
            needed,
        )
    role.state = state
    history.save(role, actor=actor, reason=reason)
    events.record("role.retired", actor=actor, subject=role, reason=reason)
    return role


@transaction.atomic
def bring_back_role(role: Role, *, actor) -> Role:
    """A retired role becomes a draft again."""
    require(actor, "roles.role.keep")
    role = _locked(role)
    role.state = ROLE.move(role.state, "bring_back")
    history.save(role, actor=actor)
    events.record("role.brought_back", actor=actor, subject=role)
    return role


@transaction.atomic
def add_responsibility(role: Role, text: str, *, actor) -> Responsibility:
    """A responsibility of exactly this role (R2)."""
    require(actor, "roles.role.keep")
    row = history.save(
        Responsibility(role=_writable(_locked(role)), text=text, position=_next(role.responsibilities)), actor=actor
    )
    events.record("responsibility.added", actor=actor, subject=role, text=text)
    return row


@transaction.atomic
def change_responsibility(row: Responsibility, text: str, *, actor, reason: str = "", seen: str = "") -> Responsibility:
    """Other words for a responsibility; the old ones stay in its history."""
    require(actor, "roles.role.keep")
    row = Responsibility.objects.select_for_update(of=("self",)).select_related("role").get(pk=row.pk)
    _writable(row.role)
    was = row.text
    if changes.apply(row, {"text": text, "seen": seen}):
        history.save(row, actor=actor, reason=reason)
        events.record("responsibility.changed", actor=actor, subject=row.role, was=was, text=text, reason=reason)
    return row


@transaction.atomic
def move_responsibility(row: Responsibility, role: Role, *, actor) -> Responsibility:
    """Another role takes it over; authorities stay with the old role, so the links are cut (rule 7)."""
    require(actor, "roles.role.keep")
    row = Responsibility.objects.select_for_update(of=("self",)).select_related("role").get(pk=row.pk)
    was, role = row.role, _locked(role)
    if role.state == "retired":
        raise Invalid(_("%(role)s is retired. Choose a role that is not.") % {"role": role}, "role")
    _writable(row.role)
    _refuse_last(row)
    _refuse_needed(row)
    for link in row.links.all():
        history.delete(link, actor=actor)
    row.role, row.position = role, _next(role.responsibilities)
    history.save(row, actor=actor)
    events.record("responsibility.moved", actor=actor, subject=role, was=was, text=row.text)
    return row


@transaction.atomic
def remove_responsibility(row: Responsibility, *, actor, reason: str = "") -> None:
    """Take a responsibility away; the last one of a role in force stays, for a role without any is a gap (R2)."""
    require(actor, "roles.role.keep")
    row = Responsibility.objects.select_for_update(of=("self",)).select_related("role").get(pk=row.pk)
    _writable(row.role)
    _refuse_last(row)
    _refuse_needed(row)
    _refuse_asked(row)
    for link in [*row.links.all(), *row.duty_links.all()]:
        history.delete(link, actor=actor)
    events.record("responsibility.removed", actor=actor, subject=row.role, text=row.text, reason=reason)
    history.delete(row, actor=actor, reason=reason)


@transaction.atomic
def add_authority(role: Role, *, actor, serves: Iterable[Responsibility] = (), **values: Any) -> Authority:
    """What a role may decide, up to which limit, and which of its responsibilities that serves (R3)."""
    require(actor, "roles.role.keep")
    row = history.save(
        Authority(role=_writable(_locked(role)), position=_next(role.authorities), **values), actor=actor
    )
    _set_serves(row, serves, actor)
    events.record("authority.added", actor=actor, subject=role, text=str(row))
    return row


@transaction.atomic
def change_authority(
    row: Authority, *, actor, serves: Iterable[Responsibility] = (), reason: str = "", **values: Any
) -> Authority:
    """Another wording, limit, or other responsibilities served."""
    require(actor, "roles.role.keep")
    row = Authority.objects.select_for_update(of=("self",)).select_related("role").get(pk=row.pk)
    was = str(row)
    _writable(row.role)
    relinked = _set_serves(row, serves, actor)
    if changes.apply(row, values) or relinked:
        history.save(row, actor=actor, reason=reason)
        events.record("authority.changed", actor=actor, subject=row.role, was=was, text=str(row), reason=reason)
    return row


@transaction.atomic
def remove_authority(row: Authority, *, actor, reason: str = "") -> None:
    """Take an authority away."""
    require(actor, "roles.role.keep")
    row = Authority.objects.select_for_update(of=("self",)).select_related("role").get(pk=row.pk)
    _writable(row.role)
    _refuse_asked(row)
    _set_serves(row, (), actor)
    events.record("authority.removed", actor=actor, subject=row.role, text=str(row), reason=reason)
    history.delete(row, actor=actor, reason=reason)


def users_of(role: Role) -> list[str]:
    """What keeps a role from being retired, one line each."""
    below = [_("%s reports to it") % other for other in role.reporting.exclude(state="retired")]
    return _seats(role) + below + users.more(role)


def _seats(role: Role) -> list[str]:
    """Who holds it, will hold it, or is proposed for it."""
    taken = Assignment.objects.filter(role=role, state__in=["approved", "proposed"])
    taken = taken.exclude(state="approved", ends_on__lt=clock.today())
    return [
        _("%(person)s, %(state)s") % {"person": a.person, "state": a.get_state_display()}
        for a in taken.select_related("person")
    ]


def _refuse_last(row: Responsibility) -> None:
    """A role in force keeps at least one responsibility, also when two people remove one each: without any it is a gap (R2)."""
    _locked(row.role)
    if row.role.state == "active" and row.role.responsibilities.count() == 1:
        raise InUse(
            _("It is the last responsibility of %(role)s, so it stays. Retire the role, or write another one first.")
            % {"role": row.role}
        )


def _refuse_needed(row: Responsibility) -> None:
    """What is delegated at present stays where it is: whoever carries it out, and who answers for it, rely on it (A8)."""
    if needed := users.more(row):
        raise InUse(_("This responsibility is still needed as it is, so nothing was changed."), needed)


def _refuse_asked(row: Responsibility | Authority) -> None:
    """What answers a question is not taken away; moved to another role, that role answers (K4)."""
    if asked := [_("Question: %s") % question for question in row.questions.all()]:
        raise InUse(_("A question leads to it, so it was not removed. Let something else answer it first."), asked)


def _refuse_while_held(role: Role, message: str) -> None:
    if seats := _seats(role):
        raise InUse(message, seats)


def _locked(role: Role) -> Role:
    return Role.objects.select_for_update().get(pk=role.pk)


def _writable(role: Role) -> Role:
    """What a retired role was stays as it was."""
    if role.state == "retired":
        raise WrongState(_("%(role)s is retired, so nothing of it was changed. Bring it back first.") % {"role": role})
    return role


def _next(rows) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _set_serves(row: Authority, serves: Iterable[Responsibility], actor) -> bool:
    """Make the links those given; returns whether any changed. Only responsibilities of the same role can be served."""
    wanted = {r.pk: r for r in serves}
    if any(r.role_id != row.role_id for r in wanted.values()):
        raise Invalid(_("An authority serves responsibilities of its own role only. Choose among those."), "serves")
    present = {link.responsibility_id: link for link in row.links.all()}
    for pk, link in present.items():
        if pk not in wanted:
            history.delete(link, actor=actor)
    for pk, responsibility in wanted.items():
        if pk not in present:
            history.save(AuthorityServes(authority=row, responsibility=responsibility), actor=actor)
    return set(wanted) != set(present)
