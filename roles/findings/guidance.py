"""What is wrong with levels, processes, policies and questions (R6, R7, R9, K4)."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ismsroles.core import scope
from ismsroles.core.findings import rule
from roles.findings.register import Found, place
from roles.models import AuthorisationLevel, Policy, PolicyPart, Process, ProcessPart, Question
from roles.queries.guidance import held
from roles.queries.held import held_roles
from roles.taking_part import taking


def _levels(day: date) -> list[AuthorisationLevel]:
    rows = AuthorisationLevel.objects.filter(state="active").select_related("role").annotate(is_held=held(day))
    return scope.remember(("levels", day), lambda: list(rows.order_by("pk")))


def _at(sentence: str, url: str, action: str, detail: str = "") -> dict[str, object]:
    return {"sentence": sentence, "url": url, "action": action, "detail": detail, "since": None}


def _can_act(row: AuthorisationLevel) -> bool:
    return row.role.state == "active" and (row.is_held or row.role.kind == "everyone")


@rule("R6.kind", title=gettext_lazy("Nobody may decide"), clause="5.3", severity="warn")
def a_kind_of_decision_without_a_role(day: date) -> Found:
    """For each kind of decision that an ISMS needs, some role may take it, up to a limit (R6)."""
    ruled = {row.kind for row in _levels(day)}
    if not ruled:
        yield _at(_("No authorisation level is written down."), place("levels"), _("Write the first"))
        return
    for kind, words in AuthorisationLevel.KINDS:
        if kind != "own" and kind not in ruled:
            sentence = _("No role may do this: %(what)s.") % {"what": str(words).lower()}
            yield _at(sentence, place("level-add") + f"?kind={kind}", _("Write a level"))


@rule("R6.vacant", title=gettext_lazy("Level whose role is vacant"), clause="5.3", severity="warn")
def a_level_whose_role_is_vacant(day: date) -> Found:
    """A level is of use only while somebody holds its role (R6)."""
    for row in _levels(day):
        if not _can_act(row):
            words = {"decision": row.decision, "what": row, "role": row.role}
            sentence = _("%(decision)s, %(what)s: %(role)s may, and nobody holds that role.") % words
            yield _at(sentence, place("role", row.role_id), _("Open the role"))


@rule("R6.limit", title=gettext_lazy("Level without a limit"), clause="5.3", severity="note")
def a_level_without_a_limit(day: date) -> Found:
    """Up to which limit a role may decide is written, or it is said that there is none (R6)."""
    for row in _levels(day):
        if not row.limit_kind:
            words = {"decision": row.decision, "what": row, "role": row.role}
            sentence = _("%(decision)s, %(what)s: no limit is written for %(role)s.") % words
            yield _at(sentence, place("level-edit", row.pk), _("Write the limit"))


@rule("R7", title=gettext_lazy("Process without a role"), clause="4.4", severity="warn")
def a_process_without_a_role(day: date) -> Found:
    """Each process of the ISMS has a role that takes part in it (R7)."""
    parts = ProcessPart.objects.filter(process=OuterRef("pk"), role__state="active")
    also = {part.process.pk for part in taking()}
    for row in Process.objects.filter(~Exists(parts), state="active").exclude(pk__in=also).order_by("name", "pk"):
        yield _at(
            _("No role takes part in the process “%(name)s”.") % {"name": row}, place("process", row.pk), _("Name one")
        )


@rule("R7.vacant", title=gettext_lazy("Process whose roles are all vacant"), clause="4.4", severity="warn")
def a_process_nobody_carries_out(day: date) -> Found:
    """Somebody holds at least one of the roles that take part (R7)."""
    parts = ProcessPart.objects.filter(process=OuterRef("pk"), role__state="active")
    able = parts.filter(held(day) | Q(role__kind="everyone"))
    follow = taking()
    there = {one.role.pk for one in held_roles(day) if not one.is_vacant} if follow else set()
    carried = {part.process.pk for part in follow if part.role.pk in there}
    named = Process.objects.filter(Exists(parts) | Q(pk__in={part.process.pk for part in follow}), state="active")
    for row in named.filter(~Exists(able)).exclude(pk__in=carried).order_by("name", "pk"):
        sentence = _("Every role that takes part in the process “%(name)s” is vacant.") % {"name": row}
        yield _at(sentence, place("process", row.pk), _("Open the process"))


@rule("R9", title=gettext_lazy("Policy without owner or role"), clause="5.2", severity="warn")
def a_policy_without_owner_or_role(day: date) -> Found:
    """Each policy has an owner in force and a role that puts it into effect (R9)."""
    parts = PolicyPart.objects.filter(policy=OuterRef("pk"), role__state="active")
    rows = Policy.objects.filter(state="active").annotate(has_parts=Exists(parts)).select_related("owner")
    for row in rows.order_by("title", "pk"):
        if row.owner is None or row.owner.state != "active":
            yield _at(
                _("The policy “%(title)s” has no owner.") % {"title": row}, place("policy-edit", row.pk), _("Name one")
            )
        if not row.has_parts:
            sentence = _("No role puts the policy “%(title)s” into effect.") % {"title": row}
            yield _at(sentence, place("policy", row.pk), _("Name one"))


@rule("R7.role", title=gettext_lazy("Role in no process and no policy"), clause="4.4", severity="note")
def a_role_in_no_process_and_no_policy(day: date) -> Found:
    """A role in force takes part in a process or puts a policy into effect, once these are written (R7, R9)."""
    named = set(ProcessPart.objects.filter(process__state="active").values_list("role_id", flat=True))
    named |= {part.role.pk for part in taking()}
    acting = set(PolicyPart.objects.filter(policy__state="active").values_list("role_id", flat=True))
    if not named and not acting:
        return
    for one in held_roles(day):
        if one.role.kind != "everyone" and one.role.pk not in named | acting:
            sentence = _("%(role)s takes part in no process and puts no policy into effect.") % {"role": one.role}
            yield _at(sentence, place("processes"), _("Open the processes"))


@rule("K4", title=gettext_lazy("Question that nobody answers"), clause="5.3", severity="warn")
def a_question_whose_role_is_vacant(day: date) -> Found:
    """Whoever asks gets a name at once: the role behind each question is held (K4)."""
    role = Coalesce(F("responsibility__role"), F("authority__role"), F("level__role"))
    rows = Question.objects.filter(state="active").annotate(role=role).annotate(is_held=held(day, "role"))
    ties = ("responsibility__role", "authority__role", "level__role")
    for row in rows.filter(is_held=False).select_related(*ties).order_by("position", "pk"):
        if row.tie.role.kind != "everyone":
            words = {"question": row, "role": row.tie.role}
            sentence = _("“%(question)s” leads to %(role)s, and nobody holds that role.") % words
            yield _at(sentence, place("role", row.tie.role_id), _("Open the role"))
