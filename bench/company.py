"""An invented organisation of any size, the same each time: names, titles and sentences by number."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

GIVEN = """Amara Henrik Lucía Tomasz Priya Eoin Mei Farid Katarína Jonas Sofía Daniel Ruth Marek Noor Ελένη Gwen Iker Zanele Owen
Ayşe Björn Chiara Dmitri Esi Fatima Goran Hana Ingrid Jamal""".split()  # noqa: SIM905
FAMILY = """Oyelaran Sandvik Ferreyra Wiśniewski Raghunathan O'Neil Huang Benali Novotná Lindqvist Ibáñez Okafor Abernethy Dvořák
Berg Παπαδάκη Prytherch Etxeberria Dlamini Castellanos Şahin Larsen Ricci Volkov Mensah Haddad Petrović Tanaka Nilsen Reid
Kowalski Moreau Silva Weber""".split()  # noqa: SIM905
FIELDS = """Access Asset Audit Awareness Backup Change Cloud Compliance Continuity Cryptography Customer Database Development Facility
Finance Identity Incident Laboratory Logging Network Operations Personnel Privacy Procurement Product Quality Records Release Risk
Supplier Support Vulnerability Warehouse Workplace""".split()  # noqa: SIM905
DUTIES = ["manager", "owner", "coordinator", "lead", "reviewer", "steward"]
SENTENCES = [
    "Keep the register of what the role answers for complete, and report gaps within a week.",
    "Decide on requests that fall to the role, and write the reason down.",
    "Check once a quarter that what was delegated was done, and sign the check.",
    "Report to top management on performance, incidents and open actions at least twice a year.",
]
POWERS = [
    ("Approve or refuse a request without asking further", "level", "up to level 12 of 25"),
    ("Commit expenditure", "amount", "£ 5,000 a year"),
    ("Stop work that endangers information", "other", "at once; the superior is told within 4 hours"),
]
AREAS = 12
CHIEF, KEEPER = 0, 1  # the first person is top management, the second is the information security manager


def person(number: int, today: date) -> dict[str, Any]:
    """The fields of one person; one in eight comes from outside, one in thirty has left."""
    given, family = GIVEN[number % len(GIVEN)], FAMILY[number // len(GIVEN) % len(FAMILY)]
    outside = number > KEEPER and number % 8 == 0
    return {
        "name": f"{given} {family}{_again(number // (len(GIVEN) * len(FAMILY)))}",
        "email": f"person.{number}@bench.example",
        "external_id": f"P{number:06}",
        "kind": "contractor" if outside else "employee",
        "employer": "Agency Limited" if outside else "",
        "job_title": f"{FIELDS[number % len(FIELDS)]} {DUTIES[number % len(DUTIES)]}",
        "phone": f"+44 20 7946 {number % 10_000:04}",
        "starts_on": today - timedelta(days=400 + number % 2000),
        "last_day": today - timedelta(days=number % 200 + 1) if number > KEEPER and number % 30 == 17 else None,
    }


def _again(times: int) -> str:
    return f"-{FAMILY[times % len(FAMILY)]}" if times else ""


def title(number: int) -> str:
    """The title of one role; the first two give their holders their standing."""
    if number <= KEEPER:
        return ("Chief executive officer", "Information security manager")[number]
    return f"{FIELDS[number % len(FIELDS)]} {DUTIES[number // len(FIELDS) % len(DUTIES)]}"


def role(number: int) -> dict[str, Any]:
    """The fields of one role in force."""
    kind = "one" if number <= KEEPER else ("one", "one", "one", "many", "one", "body")[number % 6]
    return {
        "title": title(number),
        "purpose": f"Answers for matters of number {number}, so that everybody knows whom to ask and who decides.",
        "kind": kind,
        "clauses": (["5.1"], ["5.3 a", "5.3 b"])[number] if number <= KEEPER else ["A.5.2", "7.2"],
        "persona": ("top_management", "ism")[number] if number <= KEEPER else "",
        "competences": "Risk assessment, level 2\nISO/IEC 27001 foundation",
        "state": "active",
    }


def seats(number: int, kind: str, people: list[int]) -> Iterator[tuple[int, str]]:
    """(person, seat) for one role: one holder and a deputy, or several holders; `people` may be anybody who is there."""
    if number <= KEEPER:
        yield number, "primary"
        return
    for place in range({"one": 1, "many": 5, "body": 7}[kind]):
        yield people[(number * 7 + place) % len(people)], "primary"
    if kind == "one":
        yield people[(number * 7 + 3) % len(people)], "deputy"
