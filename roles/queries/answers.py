"""Who may …? Whom do I tell? One name at once, worked out from the register as it is now (coverage K4)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from ismsroles.core.access import visible_to
from ismsroles.core.names import search_key
from roles.models import AuthorisationLevel, Authority, AuthorityServes, Delegation, Question, Responsibility, Role
from roles.queries import reach
from roles.queries.delegations import now_by_responsibility
from roles.queries.reach import Reached

QUESTIONS = {"": (_("In force"), Q(state="active")), "retired": (_("Retired"), Q(state="retired"))}
SHOWN = 12
SHORTEST = 2
CLOSE = 84  # out of 100: how alike two words have to be when one is misspelt
QUIET = """a an and are can do does for from have how i if in is it me may my need of on or our tell the to we what when where who
whom with you"""
SAY_NOTHING = frozenset(QUIET.split())


@dataclass(frozen=True)
class Answer:
    """One question or entry of the register, and who it leads to."""

    title: str
    role: Role
    reached: Reached
    question: Question | None = None
    lead: str = ""
    limit: str = ""
    evidence: str = ""
    kind: str = ""  # question, responsibility, authority or level
    score: float = 0.0
    delegated: Sequence[Delegation] = ()  # who carries it out for a holder, who stays accountable (A8)


def words_of(text: str) -> list[str]:
    """The words that say something, without accents and signs."""
    plain = "".join(c if c.isalnum() else " " for c in search_key(text))
    words = plain.split()
    return [word for word in words if word not in SAY_NOTHING] or words


def score(asked: Sequence[str], said: Sequence[str], *, missing: int = 0) -> float:
    """How well what is said fits what is asked, out of 100: each word has to be there, by its beginning or nearly.

    `missing` words may be wanting; each counts as nothing."""
    likeness = [max((_likeness(word, other) for other in said), default=0.0) for word in asked]
    return 0.0 if not asked or likeness.count(0.0) > missing else sum(likeness) / len(asked)


def _likeness(word: str, other: str) -> float:
    if word == other:
        return 100.0
    if other.startswith(word) and len(word) > 1:
        return 95.0
    if word.startswith(other) and len(other) > 3:
        return 88.0
    if len(word) < 4 or abs(len(word) - len(other)) > 3:
        return 0.0
    alike = max(fuzz.ratio(word, other), fuzz.ratio(word, other[: len(word)]))
    return alike * 0.9 if alike >= CLOSE - 8 * (len(word) > 6) else 0.0


def search(user, asked: str, day: date) -> list[Answer]:
    """The questions and entries of the register that fit, best first; without words, every question in its order."""
    words = words_of(asked)
    if not words or len("".join(words)) < SHORTEST:
        rows = _questions(user)
        reached = reach.of_roles({row.tie.role_id for row in rows}, day)
        return _with_delegates(
            [(row.tie, _of_question(row, reached, 0.0)) for row in rows if row.tie.role_id in reached], day
        )
    rows, register = _questions(user), _register(user)
    found = _ranked(words, rows, register, missing=0) or _ranked(words, rows, register, missing=(len(words) - 1) // 2)
    reached = reach.of_roles({_role_of(row) for _mark, row in found}, day)
    return _with_delegates(
        [(_tie(row), _answer(row, reached, mark)) for mark, row in found if _role_of(row) in reached], day
    )


def _tie(row) -> Responsibility | Authority | AuthorisationLevel:
    return row.tie if isinstance(row, Question) else row


def _with_delegates(answers: list[tuple[object, Answer]], day: date) -> list[Answer]:
    """Who carries it out for a holder today: of a responsibility, and of an authority that serves one."""
    carried = now_by_responsibility(day)
    if not carried:
        return [answer for _row, answer in answers]
    links = AuthorityServes.objects.filter(responsibility__in=carried).values_list("authority_id", "responsibility_id")
    served: dict[int, list[int]] = {}
    for authority, duty in links:
        served.setdefault(authority, []).append(duty)
    return [replace(answer, delegated=_carriers(row, carried, served)) for row, answer in answers]


def _carriers(row, carried: dict[int, list[Delegation]], served: dict[int, list[int]]) -> list[Delegation]:
    duties = (
        [row.pk] if isinstance(row, Responsibility) else served.get(row.pk, []) if isinstance(row, Authority) else []
    )
    return list({each.pk: each for duty in duties for each in carried.get(duty, [])}.values())


def _ranked(
    words: Sequence[str], rows: Sequence[Question], register: Sequence, *, missing: int
) -> list[tuple[float, object]]:
    """Questions before entries of the register that say the same; what a question is about before what its answer mentions."""
    questions = _fitting(
        words, rows, missing, (1.0, lambda row: f"{row.text} {row.synonyms}"),
        (0.85, lambda row: f"{row.text} {row.synonyms} {row.answer} {row.tie} {row.tie.role}"),
    )  # fmt: skip
    answered = {(type(row.tie), row.tie.pk) for _mark, row in questions}
    rest = [row for row in register if (type(row), row.pk) not in answered]
    entries = _fitting(words, rest, missing, (0.8, lambda row: f"{_says(row)} {row.role}"))
    return sorted(questions + entries, key=lambda pair: -pair[0])[:SHOWN]


def _fitting(
    words: Sequence[str], rows: Iterable, missing: int, *ways: tuple[float, Callable]
) -> list[tuple[float, object]]:
    marked = [
        (max(score(words, words_of(said(row)), missing=missing) * weight for weight, said in ways), row) for row in rows
    ]
    return [(mark, row) for mark, row in marked if mark]


def _questions(user) -> list[Question]:
    ties = ("responsibility__role", "authority__role", "level__role")
    rows: QuerySet[Question] = visible_to(user, Question).filter(state="active").select_related(*ties)
    return [row for row in rows.order_by("position", "pk") if row.tie.role.state == "active"]


def _register(user) -> list[Responsibility | Authority | AuthorisationLevel]:
    """Whatever a role in force must do, may do or may grant."""
    levels = visible_to(user, AuthorisationLevel).filter(state="active", role__state="active").select_related("role")
    roles = visible_to(user, Role).filter(state="active")
    duties = Responsibility.objects.filter(role__in=roles).select_related("role")
    powers = Authority.objects.filter(role__in=roles).select_related("role")
    return [*levels, *powers, *duties]


def _says(row: Responsibility | Authority | AuthorisationLevel) -> str:
    return f"{row.decision} {row.what} {row.limit} {row.note}" if isinstance(row, AuthorisationLevel) else str(row)


def _role_of(row) -> int:
    return row.tie.role_id if isinstance(row, Question) else row.role_id


def _answer(row, reached: dict[int, Reached], mark: float) -> Answer:
    if isinstance(row, Question):
        return _of_question(row, reached, mark)
    return _of_entry(row, reached, mark)


def _of_question(row: Question, reached: dict[int, Reached], mark: float) -> Answer:
    told = _of_entry(row.tie, reached, mark)
    return Answer(row.text, told.role, told.reached, row, row.answer, told.limit, told.evidence, "question", mark)


def _of_entry(row: Responsibility | Authority | AuthorisationLevel, reached: dict[int, Reached], mark: float) -> Answer:
    kind = {Responsibility: "responsibility", Authority: "authority"}.get(type(row), "level")
    title = f"{row.decision}: {row.what}" if isinstance(row, AuthorisationLevel) else row.text
    limit = "" if isinstance(row, Responsibility) else row.limit
    evidence = row.evidence if isinstance(row, AuthorisationLevel) else ""
    return Answer(title, row.role, reached[row.role_id], None, "", limit, evidence, kind, mark)


def listed(user, words: str = "") -> QuerySet[Question]:
    """The questions that say every word, in their order."""
    ties = ("responsibility__role", "authority__role", "level__role")
    rows = visible_to(user, Question).select_related(*ties)
    for word in words.split():
        rows = rows.filter(Q(text__icontains=word) | Q(synonyms__icontains=word) | Q(answer__icontains=word))
    return rows.order_by("position", "pk")
