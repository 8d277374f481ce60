"""The successor of the last approver, by decision of the board (decision 9; design rule 1).

The founding appointment is recorded once only. When the last approver has gone, nobody here can approve the next one."""

from datetime import date

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from ismsroles.core import attachments, clock, events, history
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, NotAllowed
from roles import policy
from roles.actions import people
from roles.actions.assignments import digest_of, way_of
from roles.actions.telling import tell_of_succession
from roles.models import Assignment, Person, Role
from roles.policy.exceptions import board_terms


@transaction.atomic
def record_succession(
    *, role: Role, person: Person, actor, board_date: date, reference: str, file: File | None = None
) -> Assignment:
    """Record whom the board appointed as the next approver, from today on. Never oneself, never after having ended the last one."""
    role = Role.objects.select_for_update().get(pk=role.pk)
    terms = list(board_terms().select_for_update(of=("self",)).select_related("ended_by", "person"))
    require(actor, "roles.succession.record")
    _refuse_alone(actor, person, terms)
    _refuse_unfit(role, person, board_date)
    made = Assignment(
        role=role, person=person, area=role.area, single_holder=role.kind == "one", state="approved", is_succession=True,
        starts_on=clock.today(), founding_date=board_date, founding_reference=reference, founding_file=attachments.checked(file),
        filled_as=way_of(person), proposed_by=actor, proposed_by_person=policy.standing(actor).person, proposed_at=clock.now(),
    )  # fmt: skip
    history.save(made, actor=actor, reason=reference)
    words = {"person": person, "role": role, "date": board_date.isoformat(), "reference": reference}
    events.record("assignment.succession_recorded", actor=actor, subject=made, **words, file_sha256=digest_of(made))
    people.record_approving_login(person, role, actor)
    tell_of_succession(made, {term.person for term in terms})
    if person.user_id is None and person.email:
        people.give_login(person, actor=actor)
    return made


def _refuse_alone(actor, person: Person, terms: list[Assignment]) -> None:
    """One person alone cannot take the last approver out and put another one, or themself, in."""
    if policy.is_same(actor, person):
        raise NotAllowed(_("You cannot record your own appointment. Another administrator records it."))
    last = max(terms, key=lambda term: (term.ends_on or term.starts_on, term.pk))
    if last.ended_by is not None and _are_one(actor, last.ended_by):
        raise NotAllowed(
            _("You ended the term of the last approver, %(person)s. Another administrator records who follows.")
            % {"person": last.person}
        )


def _are_one(actor, other) -> bool:
    """Whether two logins are or were the same person's."""
    person = policy.standing(other).person
    return actor.pk == other.pk or (person is not None and policy.is_same(actor, person))


def _refuse_unfit(role: Role, person: Person, board_date: date) -> None:
    if role.persona != "top_management" or role.state != "active" or role.area_id is not None:
        raise Invalid(_("Choose a role in force that approves for the whole organisation."), "role")
    if board_date > clock.today():
        raise Invalid(_("The board decision cannot be in the future."), "board_date")
    if not person.is_current(clock.today()):
        raise Invalid(_("%(person)s is not with the organisation today.") % {"person": person}, "person")
