"""Invented snapshots for tests, benchmarks and screenshots: 25 roles, 200 with long names, a tiny one, one with ugly names."""

import hashlib
import json
from datetime import date, timedelta

FROZEN = "2026-11-22T10:00:00+00:00"
LOG_HEAD = hashlib.sha256(b"head of the audit log").hexdigest()
UGLY = [
    "Siobhán O'Neil",
    "Ayşe Şahin",
    "李小龙",
    "ليلى الحداد",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "file:///etc/passwd",
    "<img src=http://127.0.0.1:9/x>",
    "Nguyễn Thị Ánh Tuyết",
    "Ольга & Co <b>",
    "山田さくら",
    "김민준",
    "Tom “the \\ slash”; }",
    "=cmd|' /C calc'!A0",
]
PEOPLE = [
    "Amara Oyelaran",
    "Henrik Sandvik",
    "Lucía Ferreyra",
    "Tomasz Wiśniewski",
    "Priya Raghunathan",
    "Eoin Mac Cárthaigh",
    "Mei-Ling Huang",
    "Farid Benali",
    "Katarína Novotná",
    "Jonas Lindqvist",
    "Sofía Ibáñez-Quispe",
    "Daniel Okafor",
    "Ruth Abernethy",
    "Marek Dvořák",
    "Noor van der Berg",
    "Ελένη Παπαδάκη",
    "Gwen Prytherch",
    "Iker Etxeberria",
    "Zanele Dlamini",
    "Owen Castellanos",
]
# title, superior (by place), kind, clauses
REGISTER = [
    ("Board of directors", None, "body", ["5.1"]),
    ("Chief executive officer", 0, "one", ["5.1", "5.3"]),
    ("Management review team", 1, "body", ["9.3"]),
    ("Chief information security officer", 1, "one", ["5.3"]),
    ("Information security manager", 3, "one", ["5.3 a", "5.3 b"]),
    ("Incident manager", 4, "one", ["A 5.24"]),
    ("Security awareness lead", 4, "one", ["7.3"]),
    ("Vulnerability and patch coordinator", 4, "one", ["A 8.8"]),
    ("Chief technology officer", 1, "one", ["5.1"]),
    ("Head of IT operations", 8, "one", ["A 8.6"]),
    ("System administrator", 9, "many", ["A 8.2"]),
    ("System owner", 8, "many", ["A 5.9"]),
    ("Secure development lead", 8, "one", ["A 8.25"]),
    ("Chief financial officer", 1, "one", ["5.1"]),
    ("Third-party supplier manager", 13, "one", ["A 5.19"]),
    ("Risk owner", 13, "many", ["6.1"]),
    ("HR process owner", 1, "one", ["A 6.1"]),
    ("Chief operating officer", 1, "one", ["5.1"]),
    ("Business continuity manager", 17, "one", ["A 5.29"]),
    ("Asset owner", 17, "many", ["A 5.9"]),
    ("Data owner", 17, "many", ["A 5.12"]),
    ("Facilities and physical security manager", 17, "one", ["A 7.1"]),
    ("Data protection officer", 1, "one", ["A 5.34"]),
    ("Internal auditor", 0, "one", ["9.2"]),
    ("All staff and contractors", 1, "everyone", ["A 6.3"]),
]
DUTIES = [
    "Keep the register of what the role answers for complete, and report gaps within a week.",
    "Decide on requests that fall to the role, and write the reason down.",
    "Check once a quarter that what was delegated was done, and sign the check.",
    "Report to top management on performance, incidents and open actions at least twice a year.",
]
POWERS = [
    ("Approve or refuse a request without asking further", "level", "up to level 12 of 25"),
    ("Commit expenditure", "amount", "£ 5,000 a year"),
    ("Stop work that endangers information", "other", "at once; the superior is told within 4 hours"),
    ("Call for any record of the area", "", ""),
]


def canonical(content: object) -> bytes:
    """Canonical JSON, as it is frozen."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def person(name: str, n: int = 0, **more) -> dict:
    """A holder or deputy."""
    since = date(2023, 2, 1) + timedelta(days=37 * (n % 30))
    return {
        "name": name,
        "since": since.isoformat(),
        "until": None,
        "filled_as": "internal",
        "outside": "",
        "area": "",
        "approved_by": PEOPLE[0],
        "approved_on": "2026-10-01",
    } | more


def role(n: int, title: str, reports_to: int | None, kind: str = "one", clauses=(), holders=None, **more) -> dict:
    """A role with three responsibilities, one of them served by two authorities, and one authority that serves none."""
    first = n * 10
    duties = [{"id": first + k, "text": DUTIES[(n + k) % 4]} for k in range(3 + n % 2)]
    serves = [[first], [first + 1], [first, first + 2], []]
    powers = [
        {"text": t, "limit_kind": kind_, "limit": limit, "serves": serves[k]}
        for k, (t, kind_, limit) in enumerate(POWERS[: 3 + (n % 5 == 0)])
    ]
    if holders is None:
        holders = (
            []
            if kind == "everyone"
            else [person(PEOPLE[(n + k) % 20], n + k) for k in range({"one": 1, "many": 3, "body": 4}[kind])]
        )
    return {
        "id": n + 1,
        "title": title,
        "kind": kind,
        "area": "Operations" if n % 3 else "",
        "reports_to": reports_to,
        "purpose": f"Answers for {title[0].lower() + title[1:]} matters, so that everybody knows whom to ask and who decides.",
        "clauses": list(clauses),
        "persona": "",
        "competences": ["Risk assessment, level 2", "ISO/IEC 27001 foundation"] if n % 2 else [],
        "responsibilities": duties,
        "authorities": powers,
        "holders": holders,
        "deputies": [person(PEOPLE[(n + 7) % 20], n)] if kind == "one" and n % 4 else [],
        "vacant_since": None,
    } | more


def wrapped(roles: list[dict], **more) -> dict:
    """A whole snapshot around some roles."""
    ism = next((r for r in roles if "5.3 a" in r["clauses"] and r["holders"]), roles[0] if roles else None)
    held = (
        [{"person": ism["holders"][0]["name"], "role": ism["title"], "since": ism["holders"][0]["since"]}]
        if ism and ism["holders"]
        else []
    )
    return {
        "schema": "roles-document/1",
        "organisation": {
            "name": "Hollin Bridge",
            "legal_name": "Hollin Bridge Instruments Limited",
            "accent": "#1f5fa8",
            "time_zone": "Europe/London",
            "language": "en",
            "scope": "Development, production and support of measuring instruments, at one site and from home.",
        },
        "document": {
            "title": "Roles and Responsibilities",
            "number": "ISMS-005",
            "version": "2.0",
            "classification": "Internal",
            "owner": f"{PEOPLE[4]}, Information security manager",
            "frozen_at": FROZEN,
            "next_review": "2027-11-22",
            "summary": "Secure development lead added; limits aligned with the new risk scale.",
            "policy": "Information security policy, version 6.1 of 22 September 2026",
            "distribution": "All staff and contractors; the certification body on request",
        },
        "history": [
            {
                "version": "1.0",
                "published_on": "2025-11-20",
                "prepared_by": PEOPLE[4],
                "approved_by": PEOPLE[1],
                "summary": "First issue.",
            }
        ],
        "changes": [
            {
                "kind": "added",
                "what": roles[-1]["title"] if roles else "A role",
                "role": roles[-1]["id"] if roles else None,
                "detail": "New role.",
            },
            {
                "kind": "changed",
                "what": "Chief executive officer",
                "role": 2,
                "detail": "Accepts residual risk up to level 12 of 25 (was: 8).",
            },
            {
                "kind": "removed",
                "what": "Cloud platform steward",
                "role": None,
                "detail": "Responsibilities moved to system owners.",
            },
        ],
        "founding": {
            "person": PEOPLE[1],
            "role": "Chief executive officer",
            "board_date": "2025-02-01",
            "reference": "Minute 14/2025",
            "recorded_by": "Ruth Abernethy",
            "recorded_at": "2025-02-03T09:12:00+00:00",
        },
        "clause_53": [
            {"clause": "5.3 a", "text": "The ISMS conforms to the standard", "held_by": held},
            {"clause": "5.3 b", "text": "Its performance is reported to top management", "held_by": held},
        ],
        "roles": roles,
        "approvals": [
            {
                "role": r["title"],
                "person": p["name"],
                "seat": seat,
                "proposed_by": PEOPLE[4],
                "decided_by": PEOPLE[1],
                "decided_at": "2026-10-01T08:30:00+00:00",
            }
            for r in roles
            for seat, who in (("primary", "holders"), ("deputy", "deputies"))
            for p in r[who]
        ],
        "open_points": [
            {
                "severity": "warn",
                "text": "The vulnerability and patch coordinator is vacant since 1 October 2026.",
                "clause": "5.3",
            },
            {
                "severity": "note",
                "text": "The security awareness lead is still in training for the role.",
                "clause": "7.2",
            },
        ],
        "new_logins": [],
        "signers": [
            {"order": 1, "name": PEOPLE[4], "role": "Information security manager", "meaning": "prepared"},
            {"order": 2, "name": PEOPLE[1], "role": "Chief executive officer", "meaning": "approved"},
        ],
    } | more


def typical() -> dict:
    """A company of 60 people with 25 roles: one vacant, one held from outside, one in training."""
    roles = [
        role(n, title, above + 1 if above is not None else None, kind, clauses)
        for n, (title, above, kind, clauses) in enumerate(REGISTER)
    ]
    roles[7] |= {"holders": [], "vacant_since": "2026-10-01"}
    roles[22]["holders"] = [
        person("Isolde Marchetti", filled_as="external", outside="Marchetti Privacy Consulting", until="2027-06-30")
    ]
    roles[6]["holders"][0] |= {"filled_as": "training", "until": "2027-01-31"}
    return wrapped(roles)


def long_title(n: int) -> str:
    """A title of some 110 characters that ends in its own number."""
    return f"Deputy regional head of information security governance, resilience, continuity and supplier assurance for division number {n}"


def long_name(n: int) -> str:
    """A name of some 70 characters that ends in its own number."""
    return f"Maximilian-Alexander Konstantinopolitanski von Hohenstein-Württemberg {n}"


def large(many: int = 200) -> dict:
    """Many roles with very long names, six inferiors each; one has forty people, one none, one is a single endless word."""
    roles = [
        role(
            n,
            long_title(n),
            (n - 1) // 6 + 1 if n else None,
            clauses=["5.3 a", "5.3 b"] if not n else [],
            holders=[person(long_name(n), n)],
        )
        for n in range(many)
    ]
    roles[5]["holders"] = [person(long_name(1000 + k), k) for k in range(40)]
    roles[9] |= {"holders": [], "vacant_since": "2026-10-01"}
    roles[11]["title"] = "Wolkenkratzerinformationssicherheitsverantwortlichenstellvertretung" * 2
    return wrapped(
        roles,
        document=wrapped(roles)["document"]
        | {
            "title": "Roles, Responsibilities and Authorities in the Information Security Management System of the Whole Group"
        },
    )


def everyday(many: int = 200) -> dict:
    """Many roles with names as people really have them."""
    titles = [title for title, *_ in REGISTER]
    roles = [
        role(
            n,
            f"{titles[n % 25]}, {['north', 'south', 'east', 'west'][n % 4]} {n // 25 + 1}",
            (n - 1) // 6 + 1 if n else None,
        )
        for n in range(many)
    ]
    return wrapped(roles)


def tiny() -> dict:
    """The first version of a company with one role and nobody in it."""
    empty = {
        "id": 1,
        "title": "Owner",
        "kind": "one",
        "area": "",
        "reports_to": None,
        "purpose": "",
        "clauses": [],
        "persona": "",
        "competences": [],
        "responsibilities": [],
        "authorities": [],
        "holders": [],
        "deputies": [],
        "vacant_since": None,
    }
    return wrapped(
        [empty],
        history=[],
        changes=[],
        founding=None,
        open_points=[],
        approvals=[],
        signers=[{"order": 1, "name": "Ruth Abernethy", "role": "Owner", "meaning": "approved"}],
    )


def ugly() -> dict:
    """Every text field carries something that would like to be markup, a template, an address, or another script."""
    roles = [
        role(
            n,
            f"{name} {n}",
            n and 1 or None,
            holders=[person(name, n)],
            purpose=name,
            area=name,
            clauses=[name],
            competences=[name],
        )
        for n, name in enumerate(UGLY)
    ]
    for n, one in enumerate(roles):
        one["responsibilities"][0]["text"] = one["authorities"][0]["text"] = one["authorities"][0]["limit"] = UGLY[n]
    roles[3] |= {"reports_to": 5}
    roles[4] |= {"reports_to": 4}
    found = wrapped(roles, new_logins=[{"text": f"A login was created for {name}"} for name in UGLY])
    found["organisation"] |= {
        "name": 'Hall "& <Söhne>',
        "legal_name": "</title><script>",
        "accent": "red;}@import url(http://127.0.0.1:9/x)",
    }
    found["document"] |= {
        "title": "Roles <i>and</i> 责任",
        "classification": 'Internal" url(file:///etc/passwd)',
        "summary": "{% include '/etc/passwd' %}",
    }
    found["open_points"] += [{"severity": "stop", "text": name, "clause": ""} for name in UGLY]
    found["signers"] = [
        {"order": n, "name": name, "role": name, "meaning": "approved"} for n, name in enumerate(UGLY[:4], 1)
    ]
    return found


def signed(content: bytes) -> bytes:
    """Sign-offs by everybody who is asked to sign."""
    said = {
        "prepared": "I prepared this version; it agrees with the register.",
        "approved": "I approve this version for top management.",
    }
    return canonical(
        [
            row
            | {
                "statement": said[row["meaning"]],
                "signed_at": f"2026-11-22T10:0{row['order']}:00+00:00",
                "local": f"22 Nov 2026, 10:0{row['order']} (Europe/London)",
                "method": "Password entered again",
                "snapshot_sha256": hashlib.sha256(content).hexdigest(),
                "draft_sha256": hashlib.sha256(b"draft").hexdigest(),
            }
            for row in json.loads(content)["signers"]
        ]
    )


SAMPLES = {"typical": typical, "large": large, "everyday": everyday, "tiny": tiny, "ugly": ugly}
