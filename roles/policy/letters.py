"""Who may read, answer and record appointment letters, and who words them (A4)."""

from django.db.models import Q, QuerySet

from ismsroles.core import access
from roles.models import Assignment, Letter, LetterText
from roles.policy import is_same, keeps_register, sees_people, standing


@access.policy("roles.letter.answer")
def _answer(user, letter: Letter) -> bool:
    """The person it appoints, and nobody for them."""
    person = standing(user).person
    return person is not None and person.pk == letter.person_id


@access.policy("roles.letter.record")
def _record(user, letter: Letter) -> bool:
    """Who keeps the register records what was signed on paper; never their own."""
    stands_in = any(one.person.pk == letter.person_id for one in standing(user).acts)
    return keeps_register(user) and not is_same(user, letter.person) and not stands_in


@access.policy("roles.letter.ask")
def _ask(user, _assignment: Assignment) -> bool:
    return keeps_register(user)


@access.policy("roles.letters.see")
def _see(user, _obj) -> bool:
    """Who has accepted and who has not: who keeps, approves, audits, runs."""
    return sees_people(user)


@access.policy("roles.letter_text.keep")
def _word(user, _obj) -> bool:
    return keeps_register(user)


@access.visible(Letter)
def _letters(user) -> QuerySet:
    """One's own; all of them for those who keep and check; those of an area's people for its representative."""
    if sees_people(user):
        return Letter.objects.all()
    who = standing(user)
    if who.person is None:
        return Letter.objects.none()
    return Letter.objects.filter(Q(person=who.person) | Q(person__area_id__in=who.represents))


@access.visible(LetterText)
def _texts(user) -> QuerySet:
    return LetterText.objects.all() if sees_people(user) else LetterText.objects.none()
