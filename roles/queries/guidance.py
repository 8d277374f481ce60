"""Levels, processes and policies as their pages, findings and documents read them (R6, R7, R9)."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ismsroles.core.access import visible_to
from roles.models import Assignment, AuthorisationLevel, Person, Policy, PolicyPart, Process, ProcessPart, Role
from roles.taking_part import Taking, in_process, taking

KIND_ORDER = Case(
    *[When(kind=kind, then=Value(place)) for place, (kind, _words) in enumerate(AuthorisationLevel.KINDS)],
    output_field=IntegerField(),
)


def held(day: date, role: str = "role") -> Exists:
    """Whether somebody holds the role that a row names."""
    return Exists(Assignment.objects.current(day).filter(role=OuterRef(role), seat="primary"))


LEVEL_QUESTIONS = {
    "": (_("In force"), Q(state="active")),
    "vacant": (_("Role vacant"), Q(state="active", is_held=False) & ~Q(role__kind="everyone")),
    "no-limit": (_("No limit written"), Q(state="active", limit_kind="")),
    "retired": (_("Retired"), Q(state="retired")),
}
PROCESS_QUESTIONS = {
    "": (_("In force"), Q(state="active")),
    "no-role": (_("No role"), Q(state="active", has_parts=False)),
    "retired": (_("Retired"), Q(state="retired")),
}
POLICY_QUESTIONS = {
    "": (_("In force"), Q(state="active")),
    "no-owner": (_("No owner"), Q(state="active", owner=None)),
    "no-role": (_("No role"), Q(state="active", has_parts=False)),
    "retired": (_("Retired"), Q(state="retired")),
}


def levels(user, day: date, words: str = "") -> QuerySet[AuthorisationLevel]:
    """The levels that fit the words, kind by kind, the lowest limit first."""
    rows = visible_to(user, AuthorisationLevel).annotate(is_held=held(day)).select_related("role")
    for word in words.split():
        kinds = [kind for kind, said in AuthorisationLevel.KINDS if word.lower() in str(said).lower()]
        rows = rows.filter(
            Q(what__icontains=word) | Q(role__title__icontains=word) | Q(limit__icontains=word) | Q(own_kind__icontains=word)
            | Q(evidence__icontains=word) | Q(kind__in=kinds)
        )  # fmt: skip
    return in_order(rows)


def in_order(rows: QuerySet[AuthorisationLevel]) -> QuerySet[AuthorisationLevel]:
    """Kind by kind; within one by level and amount."""
    return rows.order_by(
        KIND_ORDER,
        Lower("own_kind"),
        F("level").asc(nulls_last=True),
        F("amount").asc(nulls_last=True),
        Lower("what"),
        "pk",
    )


def processes(user, words: str = "") -> QuerySet[Process]:
    """The processes that fit the words, with the parts of roles in them."""
    follow = taking()
    written = Q(Exists(ProcessPart.objects.filter(process=OuterRef("pk"))))
    also = Q(pk__in={part.process.pk for part in follow})
    rows = visible_to(user, Process).annotate(has_parts=ExpressionWrapper(written | also, BooleanField()))
    for word in words.split():
        named = ProcessPart.objects.filter(process=OuterRef("pk")).filter(
            Q(role__title__icontains=word) | Q(does__icontains=word)
        )
        told = {part.process.pk for part in follow if word.lower() in f"{part.role} {part.does}".lower()}
        rows = rows.filter(Q(name__icontains=word) | Q(purpose__icontains=word) | Exists(named) | Q(pk__in=told))
    return rows.prefetch_related(Prefetch("parts", ProcessPart.objects.select_related("role"))).order_by(
        Lower("name"), "pk"
    )


def policies(user, words: str = "") -> QuerySet[Policy]:
    """The policies that fit the words, the information security policy first."""
    rows = visible_to(user, Policy).annotate(has_parts=Exists(PolicyPart.objects.filter(policy=OuterRef("pk"))))
    for word in words.split():
        named = PolicyPart.objects.filter(policy=OuterRef("pk")).filter(
            Q(role__title__icontains=word) | Q(does__icontains=word)
        )
        rows = rows.filter(
            Q(title__icontains=word) | Q(version__icontains=word) | Q(owner__title__icontains=word) | Exists(named)
        )
    parts = Prefetch("parts", PolicyPart.objects.select_related("role"))
    return rows.select_related("owner").prefetch_related(parts).order_by("kind", Lower("title"), "pk")


def holders(roles: Iterable[int], day: date) -> dict[int, list[Person]]:
    """Who holds these roles today: one query for all of them."""
    found: dict[int, list[Person]] = {}
    now = Assignment.objects.current(day).filter(role__in=set(roles), seat="primary").select_related("person")
    for seat in now.order_by("person__name_key", "pk"):
        found.setdefault(seat.role_id, []).append(seat.person)
    return found


def with_those_that_follow(one: Process) -> list[ProcessPart | Taking]:
    """The parts that are written, and those of other roles that follow from elsewhere. `also` is what follows for a written one."""
    written = list(one.parts.all())
    follow = {part.role.pk: part for part in in_process(one.pk)}
    for part in written:
        part.also = follow.pop(part.role_id, None)
    return [*written, *follow.values()]


def of_role(user, role: Role) -> dict[str, list]:
    """What a role has beside its responsibilities: levels, parts in processes and policies, policies it owns."""
    return {
        "role_levels": list(in_order(visible_to(user, AuthorisationLevel).filter(role=role, state="active"))),
        "role_processes": [
            *role.process_parts.filter(process__state="active").select_related("process").order_by("process__name"),
            *(part for part in taking() if part.role.pk == role.pk),
        ],
        "role_policies": list(
            role.policy_parts.filter(policy__state="active").select_related("policy").order_by("policy__title")
        ),
        "owned_policies": list(role.owned_policies.filter(state="active")),
    }


def covering(
    role_ids: Collection[int],
    *,
    kind: str = "accept_risk",
    amount: Decimal | int | None = None,
    level: int | None = None,
) -> list[AuthorisationLevel]:
    """The levels in force by which one of these roles may decide this. Amounts compare with amounts, steps with steps."""
    rows = AuthorisationLevel.objects.filter(state="active", kind=kind, role__in=list(role_ids), role__state="active")
    enough = Q(limit_kind="none")
    if amount is not None:
        enough |= Q(limit_kind="amount", amount__gte=amount)
    if level is not None:
        enough |= Q(limit_kind="level", level__gte=level)
    return list(in_order(rows.filter(enough).select_related("role")))


def may_accept(
    role_ids: Collection[int], *, amount: Decimal | int | None = None, level: int | None = None, day: date | None = None
) -> bool:
    """Whether somebody with these roles may accept a residual risk of this amount or step. `role_ids` are those held on `day`."""
    return bool(covering(role_ids, amount=amount, level=level))


def is_ruled(kind: str = "accept_risk") -> bool:
    """Whether the register says anything about this kind of decision."""
    return AuthorisationLevel.objects.filter(state="active", kind=kind, role__state="active").exists()
