"""Who may do and see what about reviews (design §5): the reviewer does them, those asked comment, who checks reads all."""

from django.db.models import Q, QuerySet

from ismsroles.core import access, clock
from reviews.models import Anomaly, DeclaredChange, Review
from reviews.reviewable import kind_of
from roles.policy import keeps_register, sees_people, standing


@access.policy("reviews.see")
def _sees(user, _obj) -> bool:
    """All reviews: who keeps the register, approves, audits or runs it."""
    return sees_people(user)


@access.policy("reviews.mine")
def _mine(user, _obj) -> bool:
    """Everybody in the register has the page of what waits for them."""
    return access.may(user, "roles.register.see")


@access.policy("reviews.setting.keep", "reviews.spread")
def _keep(user, _obj) -> bool:
    """How often, by whom and with whom is reviewed belongs to keeping the register."""
    return keeps_register(user)


@access.policy("reviews.change.declare")
def _declare(user, _obj) -> bool:
    """Who keeps the register, top management, and representatives of areas know first that the organisation changes."""
    who = standing(user)
    return keeps_register(user) or who.is_top_management or bool(who.represents)


@access.policy("reviews.change.see")
def _sees_changes(user, _obj) -> bool:
    return sees_people(user) or bool(standing(user).represents)


@access.policy("reviews.anomaly.report")
def _report(user, _obj) -> bool:
    """Everybody in the register (V4)."""
    return standing(user).person is not None


@access.policy("reviews.review.do")
def _do(user, review: Review) -> bool:
    """The reviewer, and nobody else: they sign with their name for what they saw."""
    person = standing(user).person
    return person is not None and review.reviewer_id == person.pk


@access.policy("reviews.review.hand_over")
def _hand_over(user, review: Review) -> bool:
    """The reviewer, or who keeps the register."""
    return keeps_register(user) or _do(user, review)


@access.policy("reviews.review.comment")
def _comment(user, review: Review) -> bool:
    """Those who were asked."""
    person = standing(user).person
    return person is not None and review.stakeholders.filter(person=person).exists()


@access.policy("reviews.follow_up.close")
def _follow_up(user, follow_up) -> bool:
    """Who has to see to it, or who keeps the register."""
    person = standing(user).person
    return keeps_register(user) or (person is not None and follow_up.owner_id == person.pk)


def is_about(review: Review, person) -> bool:
    """Whether the review is about this person: then somebody else does it."""
    kind, day = kind_of(review.subject_kind), clock.today()
    rows = list(kind.standing(day).filter(pk=review.subject_id)) if kind else []
    return bool(rows) and person.pk in kind.concerned(rows, day).get(review.subject_id, ())


@access.visible(Review)
def _reviews(user) -> QuerySet:
    """All for those who keep, decide or check; one's own, and those one is asked about, for everybody else."""
    if sees_people(user):
        return Review.objects.all()
    person = standing(user).person
    if person is None:
        return Review.objects.none()
    own = Q(reviewer=person) | Q(completed_by_person=person) | Q(pk__in=person.reviews_to_comment.values("review"))
    return Review.objects.filter(own | Q(pk__in=person.follow_ups.values("review")))


@access.visible(Anomaly)
def _anomalies(user) -> QuerySet:
    """What one reported oneself; all for those who keep, decide or check."""
    return Anomaly.objects.all() if sees_people(user) else Anomaly.objects.filter(reported_by=user)


@access.visible(DeclaredChange)
def _changes(user) -> QuerySet:
    rows = DeclaredChange.objects
    return rows.all() if sees_people(user) or standing(user).represents else rows.none()
