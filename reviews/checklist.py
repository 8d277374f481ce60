"""The ten points of an audit of roles and responsibilities (clause 5.3), as questions with how they are looked into (V5, D4)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

DOCUMENTS, INTERVIEWS = _("documents"), _("interviews with people in key roles")


@dataclass(frozen=True)
class Point:
    """One point: a stable key, what is asked, and the technique."""

    key: str
    title: Any
    question: Any
    technique: Any


POINTS = [
    Point(
        "definitions", _("Roles are defined"),
        _("Are the key roles of information security described, clearly and completely, with responsibilities and authorities?"),
        DOCUMENTS,
    ),
    Point(
        "assignment", _("Roles are assigned"),
        _("Is somebody assigned to each of these roles, with a letter, a contract or another formal assignment to show for it?"),
        _("documents, interviews with HR"),
    ),
    Point(
        "clarity", _("Responsibilities are clear"),
        _("Is each responsibility defined without ambiguity, with no gap and no overlap between roles?"),
        _("documents, interviews with people in key roles"),
    ),
    Point(
        "authority", _("Authority matches responsibility"),
        _("Has everybody the authority that their responsibilities need, and no more?"),
        _("interviews with people in key roles, organisation chart"),
    ),
    Point(
        "communication", _("Roles are communicated"),
        _("Have all concerned been told of their roles and those of others, and is there evidence of it?"),
        _("interviews with staff at different levels, training records"),
    ),
    Point(
        "understanding", _("Roles are understood"),
        _("Do the people in key roles know what they answer for, and what others do?"), INTERVIEWS,
    ),
    Point(
        "processes", _("Roles are part of the processes"),
        _("Do the processes of the ISMS (risk assessment, incidents, internal audit and others) say which role does what?"),
        _("process documents, interviews with process owners"),
    ),
    Point(
        "reviews", _("Roles are reviewed"),
        _("Are roles and responsibilities reviewed regularly and after changes, with outcomes that were followed up?"),
        _("records of reviews, interviews with management"),
    ),
    Point(
        "performance", _("Performance gaps are handled"),
        _("Is there a way to notice that somebody does not reach what a role expects, with feedback and corrective action?"),
        _("interviews with HR and management, records"),
    ),
    Point(
        "structure", _("The structure fits"),
        _("Do security roles report where they should, and is it clear who answers for information security?"),
        _("organisation chart, interviews with top management"),
    ),
]  # fmt: skip
