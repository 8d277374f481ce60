"""What auditors ask, item by item: the ten of the clause 5.3 audit checklist, what they look for under A.5.2, and the usual pitfalls.

An item names the findings that are its gaps by the coverage ids that begin their rules. A rule that no item names is never hidden:
it stands under the last item."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ismsroles.core.findings import Finding
from raci.queries.pitfalls import PITFALLS as WATCHED
from raci.queries.pitfalls import Pitfall

DOCUMENTS, INTERVIEW, RECORDS, CHART = _("Document review"), _("Interview"), _("Records"), _("Organisation chart")


@dataclass(frozen=True)
class Item:
    """One thing that an auditor checks."""

    key: str
    title: Any
    question: Any
    techniques: tuple[Any, ...]
    rules: tuple[str, ...]  # coverage ids; "A3" takes A3.login in as well
    evidence: tuple[str, ...]  # keys of evidence.workspace.live
    clauses: tuple[str, ...] = ("5.3",)
    whom: Any = ""
    pitfall: Pitfall | None = None

    def is_about(self, found: Finding) -> bool:
        """Whether this finding is a gap of the item; a pitfall is counted as on the overview."""
        if self.pitfall:
            return self.pitfall.names(found.rule)
        return any(found.rule == rule or found.rule.startswith(f"{rule}.") for rule in self.rules)


@dataclass(frozen=True)
class Listing:
    """One list, in the order in which auditors go through it."""

    key: str
    title: Any
    lead: Any
    items: tuple[Item, ...]


TEN = Listing(
    "5.3",
    _("Clause 5.3: ten items"),
    _("In the order of the audit checklist"),
    (
        Item("definitions", _("Role definitions"), _("Are the key roles described clearly and completely?"), (DOCUMENTS,),
             ("R1", "R2", "R4", "C1", "C2"), ("roles", "document", "matrix"), ("5.3", "A.5.2")),
        Item("assignment", _("Role assignment"), _("Has each role been given to a person, formally?"), (DOCUMENTS, INTERVIEW),
             ("A1", "A2", "A3", "A4", "A6", "A7", "R5"), ("assignments", "letters"), ("5.3", "5.3 a", "5.3 b"), _("Human resources")),
        Item("clarity", _("Clarity of responsibilities"), _("Is every responsibility clear, and owned once?"), (DOCUMENTS, INTERVIEW),
             ("R2", "M1", "M2"), ("responsibilities", "matrix", "overlaps"), ("5.3", "A.5.2"), _("People in key roles")),
        Item("authority", _("Authority matches responsibility"), _("May people decide what they must do?"), (INTERVIEW, CHART),
             ("R3", "R6"), ("authorities", "levels", "chart"), ("5.3",), _("People in key roles")),
        Item("communication", _("Communication"), _("Does everyone know their role and those of others?"), (INTERVIEW, RECORDS),
             ("K1", "K2", "K3", "K6"), ("acknowledgements", "letters", "training"), ("7.3", "7.4"), _("Employees at different levels")),
        Item("understanding", _("Understanding"), _("Can people say what their role asks of them?"), (INTERVIEW,),
             ("K4", "K5"), ("answers", "interviews"), ("7.3",), _("People in key roles")),
        Item("processes", _("Integration with ISMS processes"), _("Do the processes name the roles that act in them?"),
             (DOCUMENTS, INTERVIEW),
             ("R7",), ("processes", "matrix"), ("4.4", "8.1"), _("Process owners")),
        Item("reviews", _("Regular reviews of roles"), _("Is each role looked at once a year, and on change?"), (DOCUMENTS, INTERVIEW),
             ("V1", "V2", "V3", "V4", "V5", "D3"), ("reviews", "versions"), ("9.3", "10.1"), _("Management")),
        Item("performance", _("Performance gaps"), _("Are shortcomings noticed, discussed and closed?"), (INTERVIEW, RECORDS),
             ("A10", "C3", "C4", "C5"), ("performance", "training"), ("7.2", "10.2"), _("Human resources and management")),
        Item("structure", _("Organisational structure"), _("Are reporting lines right, and accountability clear?"), (CHART, INTERVIEW),
             ("R8", "A9", "M4", "M7", "A5", "T1"), ("chart", "chart_picture", "separation", "assets"),
             ("5.1", "5.3", "A.5.3", "A.5.9"), _("Top management")),
    ),
)  # fmt: skip

LOOK_FOR = Listing(
    "A.5.2",
    _("Control A.5.2: what auditors ask for"),
    _("What is wanted on the table at the beginning"),
    (
        Item("ask-chart", _("An organisation chart"), _("Who is responsible for information security?"),
             (CHART,), ("R8",), ("chart", "chart_picture"), ("A.5.2",)),
        Item("ask-document", _("A roles document or RASCI, linked to the policy"),
             _("Is it signed, and does it follow from the information security policy?"),
             (DOCUMENTS,),
             ("D1", "D2", "D3", "R9"), ("document", "matrix", "policies"), ("A.5.1", "A.5.2", "5.2")),
        Item("ask-jobs", _("Security duties in job descriptions"), _("Do the key roles have their duties in writing?"),
             (DOCUMENTS,), ("R2", "K3", "A4"), ("roles", "letters"), ("A.5.2",)),
        Item("ask-communication", _("Proof of communication"), _("Induction, awareness training, acknowledgement of policies"),
             (RECORDS,), ("K1", "K2", "K3", "K6", "C5"),
             ("acknowledgements", "training"), ("7.3", "A.6.3")),
        Item("ask-risks", _("Who accepted which risk"), _("Was it the risk owner, and had they the authority?"),
             (RECORDS,), ("M5", "M6"), ("risks", "acceptances", "levels"), ("6.1.2", "6.1.3")),
        Item("ask-verbally", _("Asked in the corridor"),
             _("“A laptop is lost: whom do you tell?” “Who approves a supplier that hosts personal data?” “Who signs off access rights?”"),
             (INTERVIEW,),
             ("K4", "K5", "R6"), ("answers", "interviews"), ("7.3",), _("Anybody")),
    ),
)  # fmt: skip

_PITFALL = {one.key: one for one in WATCHED}


def _pitfall(key: str, question: Any, techniques: tuple[Any, ...], evidence: tuple[str, ...], clauses: tuple[str, ...]):
    watched = _PITFALL[key]
    return Item(key, watched.title, question, techniques, watched.rules, evidence, clauses, pitfall=watched)


PITFALLS = Listing(
    "pitfalls",
    _("The usual pitfalls"),
    _("Watched all the time, on the overview as well"),
    (
        _pitfall("pit-it", _("Do business owners own business risks?"), (DOCUMENTS, INTERVIEW), ("matrix", "risks"), ("A.5.2", "6.1")),
        _pitfall("pit-saas", _("Has every cloud service an owner inside the organisation?"), (RECORDS,), ("assets",), ("A.5.9", "A.5.23")),
        _pitfall("pit-risks", _("If there is a risk, is there a risk owner?"), (RECORDS,), ("risks",), ("6.1.2",)),
        _pitfall("pit-written", _("Is it defined, allocated, communicated and signed?"), (DOCUMENTS,), ("roles", "document"), ("7.5",)),
        _pitfall("pit-trained", _("Can the people in the roles do what the roles ask?"), (RECORDS, INTERVIEW), ("competence", "training"),
                 ("7.2",)),
    ),
)  # fmt: skip

MRT = Listing(
    "9.3",
    _("The management review team"),
    _("Members, meetings, minutes"),
    (
        Item("mrt", _("Management review team"), _("Does it represent each area, meet as planned, decide and follow up?"),
             (DOCUMENTS, RECORDS),
             ("T1", "T2", "T3", "T4", "T5"), ("reviews",), ("9.3", "5.1"), _("Members of the team")),
    ),
)  # fmt: skip

REST = Item("rest", _("Everything else"), _("What no item above names"), (RECORDS,), (), ("findings",))
LISTINGS = (TEN, LOOK_FOR, MRT, PITFALLS, Listing("rest", _("Beside the lists"), "", (REST,)))


def items() -> dict[str, Item]:
    """Every item by its key."""
    return {item.key: item for listing in LISTINGS for item in listing.items}


def gaps(item: Item, found: list[Finding]) -> list[Finding]:
    """What is open under an item; the last one takes what no other names, so that nothing is hidden."""
    if item is REST:
        named = [one for listing in LISTINGS for one in listing.items if one is not REST]
        return [finding for finding in found if not any(one.is_about(finding) for one in named)]
    return [finding for finding in found if item.is_about(finding)]
