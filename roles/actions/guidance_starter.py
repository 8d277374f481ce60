"""Take over levels, processes and questions of the starter library, as far as their roles are in force (R6, R7, K4)."""

from django.db import transaction
from django.utils.translation import ngettext
from rapidfuzz import fuzz

from ismsroles.core.access import require
from roles.actions import guidance
from roles.actions.starter import also_adopts
from roles.models import AuthorisationLevel, Authority, Process, Question, Responsibility, Role
from roles.starter import guidance as starter
from roles.starter import library

ALIKE = 70  # out of 100: a reworded responsibility is still the same one
Tie = tuple[str, Responsibility | Authority | AuthorisationLevel]


@also_adopts
def bring_levels(adopted: list[Role], actor) -> None:
    """Starter roles that are put in force bring their levels along (R6)."""
    keys = {role.pk for role in adopted}
    _add_levels([(one, role) for one, role in levels_to_adopt() if role.pk in keys], actor)


@transaction.atomic
def adopt_levels(*, actor) -> str:
    """Every starter level whose role is in force and which is not there yet."""
    require(actor, guidance.KEEP)
    found = levels_to_adopt()
    _add_levels(found, actor)
    return ngettext("%d level", "%d levels", len(found)) % len(found)


def _add_levels(found: list[tuple[starter.StarterLevel, Role]], actor) -> None:
    for one, role in found:
        guidance.add(
            AuthorisationLevel, actor=actor, role=role, kind=one.kind, what=one.what, limit_kind=one.limit_kind, limit=one.limit,
            amount=one.amount, level=one.level, evidence=one.evidence, starter_key=one.key,
        )  # fmt: skip


@transaction.atomic
def adopt_processes(*, actor) -> str:
    """Every starter process with the parts of the roles that are in force."""
    require(actor, guidance.KEEP)
    found = processes_to_adopt()
    for one, parts in found:
        row = guidance.add(
            Process, actor=actor, name=one.name, purpose=one.purpose, clauses=list(one.clauses), starter_key=one.key
        )
        for role, does in parts:
            guidance.add_part(row, actor=actor, role=role, does=does)
    return ngettext("%d process", "%d processes", len(found)) % len(found)


@transaction.atomic
def adopt_questions(*, actor) -> str:
    """Every starter question that something in the register answers."""
    require(actor, guidance.KEEP)
    found = questions_to_adopt()
    for one, (kind, row) in found:
        guidance.add(
            Question,
            actor=actor,
            text=one.text,
            synonyms=one.synonyms,
            answer=one.answer,
            starter_key=one.key,
            **{kind: row},
        )
    return ngettext("%d question", "%d questions", len(found)) % len(found)


def levels_to_adopt() -> list[tuple[starter.StarterLevel, Role]]:
    """Which, and for which role."""
    roles, there = _roles(), _there(AuthorisationLevel)
    offered = [(one, _resolved(one.role, roles)) for one in starter.levels() if one.key not in there]
    taken = set(AuthorisationLevel.objects.filter(state="active").values_list("kind", "what", "role_id"))
    return [(one, role) for one, role in offered if role and (one.kind, one.what, role.pk) not in taken]


def processes_to_adopt() -> list[tuple[starter.StarterProcess, list[tuple[Role, str]]]]:
    """Which, and who does what in each; two duties that fell to one role stand in one sentence after the other."""
    roles, there = _roles(), _there(Process)
    names = {name.lower() for name in Process.objects.filter(state="active").values_list("name", flat=True)}
    found = []
    for one in starter.processes():
        parts: dict[Role, str] = {}
        for key, does in one.parts.items():
            if role := _resolved(key, roles):
                parts[role] = f"{parts[role]} {does}" if role in parts else does
        if parts and one.key not in there and one.name.lower() not in names:
            found.append((one, list(parts.items())))
    return found


def questions_to_adopt() -> list[tuple[starter.StarterQuestion, Tie]]:
    """Which, and what answers each: the first of its ties that is there."""
    there, ties = _there(Question), _Ties()
    texts = {text.lower() for text in Question.objects.filter(state="active").values_list("text", flat=True)}
    offered = [one for one in starter.questions() if one.key not in there and one.text.lower() not in texts]
    found = [(one, next((tie for text in one.tie if (tie := ties.find(text))), None)) for one in offered]
    return [(one, tie) for one, tie in found if tie]


class _Ties:
    """What starter questions may be tied to, as the register has it now: the words of the library wherever they stand, or what the
    role has made of them."""

    def __init__(self) -> None:
        must = Responsibility.objects.filter(role__state="active").select_related("role")
        may = Authority.objects.filter(role__state="active").select_related("role")
        levels = AuthorisationLevel.objects.filter(state="active", role__state="active").exclude(starter_key="")
        self.rows = {"responsibility": list(must), "authority": list(may)}
        self.levels = {row.starter_key: row for row in levels.select_related("role")}

    def find(self, text: str) -> Tie | None:
        """The row behind "role R0", "role A1" or "level key"."""
        key, what = text.split()
        if key == "level":
            return ("level", self.levels[what]) if what in self.levels else None
        kind, place = "responsibility" if what[0] == "R" else "authority", int(what[1:])
        role = library()[key]
        words = role.responsibilities[place] if what[0] == "R" else role.authorities[place].text
        row = next((row for row in self.rows[kind] if row.text == words), None) or self._reworded(kind, key, words)
        return (kind, row) if row else None

    def _reworded(self, kind: str, key: str, words: str) -> Responsibility | Authority | None:
        own = [row for row in self.rows[kind] if row.role.starter_key == key]
        close = max(own, key=lambda row: fuzz.token_set_ratio(row.text, words), default=None)
        return close if close is not None and fuzz.token_set_ratio(close.text, words) >= ALIKE else None


def _there(model) -> set[str]:
    return set(model.objects.exclude(starter_key="").values_list("starter_key", flat=True))


def _roles() -> dict[str, Role]:
    return {role.starter_key: role for role in Role.objects.active().exclude(starter_key="")}


def _resolved(key: str, roles: dict[str, Role]) -> Role | None:
    """The role itself, or the one to which the library moves its duties."""
    if key in roles:
        return roles[key]
    return next((roles[other] for other in library()[key].folds.values() if other in roles), None)
