"""People: add, change, leave, stay, sign in, represent an area (A1, A6; rule 5)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from ismsroles.core import accounts, clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid
from ismsroles.notices import mail
from roles.actions import changes
from roles.actions.leaving import record_last_day
from roles.actions.moves import Moves
from roles.models import Area, Assignment, Person


@transaction.atomic
def add_person(*, actor, **values: Any) -> Person:
    """A new person (A1). An address that somebody else has is refused with a sentence."""
    require(actor, "roles.person.keep")
    person = Person(**values)
    _refuse_twin(person)
    history.save(person, actor=actor)
    events.record("person.added", actor=actor, subject=person)
    return person


@transaction.atomic
def change_person(person: Person, *, actor, **values: Any) -> Person:
    """Change what is written about a person; their last day has verbs of its own."""
    require(actor, "roles.person.keep")
    person = Person.objects.select_for_update().get(pk=person.pk)
    last_day, moves = values.pop("last_day", person.last_day), Moves()
    moves.before(person)
    if what := changes.apply(person, values):
        _refuse_twin(person)
        history.save(person, actor=actor)
        moves.after(person)
        told = events.prepare("person.changed", actor=actor, subject=person, what=what)
        events.record_many([told, *moves.record(actor=actor)])
    if last_day != person.last_day:
        return record_last_day(person, last_day, actor=actor)
    return person


@transaction.atomic
def give_login(person: Person, *, actor) -> None:
    """Invite a person to sign in: a one-time link, 72 hours, to their own address, shown to nobody (design §5)."""
    require(actor, "roles.login.give")
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_current(clock.today()):
        raise Invalid(_("%(person)s is not with the organisation today, so no login was made.") % {"person": person})
    if person.user is None:
        person.user = accounts.create_login(email=person.email, name=person.name, actor=actor)
        history.save(person, actor=actor)
        record_link(person, actor)
    send_invitation(person.user, actor=actor)


def record_link(person: Person, actor) -> None:
    """An approver's login is an event of its own: it becomes a finding and a line in the next document (design §5)."""
    held = Assignment.objects.filter(person=person, role__persona="top_management", state__in=["approved", "proposed"])
    approving = held.select_related("role").first()
    code = "approver.login_linked" if approving else "person.login_linked"
    events.record(code, actor=actor, subject=person, email=person.email, role=approving.role if approving else "")


def record_approving_login(person: Person, role, actor) -> None:
    """Whoever comes to approve with a login that they already have: the same event, finding and line (design §5)."""
    if role.persona == "top_management" and person.user_id is not None:
        events.record("approver.login_counts", actor=actor, subject=person, email=person.user.email, role=role)


def send_invitation(user, *, actor) -> None:
    """Mail a fresh one-time link to `user`. The link opens a page with a button: reading it changes nothing (rule 14)."""
    secret = accounts.invite(user, actor=actor)
    link = settings.BASE_URL.rstrip("/") + reverse("invitation", args=[secret])
    text = _(
        "Hello %(name)s,\n\n%(actor)s invites you to the register of information security roles.\n"
        "Open this page within 72 hours and choose a password:\n\n%(link)s\n\nThe link works once and only for you.\n"
    )
    words = {"name": user.name, "actor": actor.name if actor else _("The register"), "link": link}
    moment = clock.now().strftime("%Y%m%d%H%M%S%f")
    mail.post(
        to=user.email,
        subject=_("Your login to the register of roles"),
        text=text % words,
        key=f"invite-{user.pk}-{moment}",
    )


@transaction.atomic
def name_representative(person: Person, area: Area, *, actor) -> None:
    """The person looks after the people of `area` and its parts (guardian grant on the area)."""
    require(actor, "roles.representatives.keep")
    if person.user is None:
        raise Invalid(
            _("%(person)s cannot sign in yet. Invite them first, then name them representative.") % {"person": person}
        )
    assign_perm("represent_area", person.user, area)
    events.record("person.representative_named", actor=actor, subject=person, area=area)


@transaction.atomic
def end_representation(person: Person, area: Area, *, actor) -> None:
    """Ends the person's part as representative of `area`."""
    require(actor, "roles.representatives.keep")
    if person.user is not None:
        remove_perm("represent_area", person.user, area)
    events.record("person.representative_ended", actor=actor, subject=person, area=area)


@transaction.atomic
def set_representation(person: Person, areas: Iterable[Area], *, actor) -> Person:
    """Make the person representative of exactly these areas: the new ones are named, the others ended."""
    require(actor, "roles.representatives.keep")
    wanted = set(areas)
    present = (
        set(get_objects_for_user(person.user, "represent_area", Area, with_superuser=False)) if person.user else set()
    )
    for area in sorted(wanted - present, key=str):
        name_representative(person, area, actor=actor)
    for area in sorted(present - wanted, key=str):
        end_representation(person, area, actor=actor)
    return person


def _refuse_twin(person: Person) -> None:
    """The same address or personnel number means the same person: said by name, so that it can be mended (case 6)."""
    person.derive_keys()
    others = Person.objects.exclude(pk=person.pk)
    if person.email_key and (twin := others.filter(email_key=person.email_key).first()):
        raise Invalid(
            _("%(email)s is the address of %(person)s already. Use another one.")
            % {"email": person.email, "person": twin},
            "email",
        )
    if person.external_id and (twin := others.filter(external_id=person.external_id).first()):
        raise Invalid(
            _("Personnel number %(id)s belongs to %(person)s already.") % {"id": person.external_id, "person": twin},
            "external_id",
        )
