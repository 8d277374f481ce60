"""The register: who there is, which roles there are, and who holds them."""

from roles.models.absences import Absence
from roles.models.assignments import Assignment
from roles.models.chart import ChartConfirmation, ChartKeeping, Restructure, RestructureArea
from roles.models.delegations import DelegatedDuty, Delegation, DelegationCheck
from roles.models.exceptions import ApproverException
from roles.models.guidance import AuthorisationLevel, Policy, PolicyPart, Process, ProcessPart, Question, Unanswered
from roles.models.imports import ImportFile
from roles.models.letters import Letter, LetterText
from roles.models.moves import Kept, Move
from roles.models.people import Area, Person
from roles.models.register import Authority, AuthorityServes, Responsibility, Role
from roles.models.separation import DutyTag, ResponsibilityDuty, SeparationException, SeparationRule
from roles.models.teams import Team, TeamMember
from roles.models.wording import KeptPair
from roles.models.words import PersonWord

__all__ = [
    "Absence",
    "ApproverException",
    "Area",
    "Assignment",
    "AuthorisationLevel",
    "Authority",
    "AuthorityServes",
    "ChartConfirmation",
    "ChartKeeping",
    "DelegatedDuty",
    "Delegation",
    "DelegationCheck",
    "DutyTag",
    "ImportFile",
    "Kept",
    "KeptPair",
    "Letter",
    "LetterText",
    "Move",
    "Person",
    "PersonWord",
    "Policy",
    "PolicyPart",
    "Process",
    "ProcessPart",
    "Question",
    "Responsibility",
    "ResponsibilityDuty",
    "Restructure",
    "RestructureArea",
    "Role",
    "SeparationException",
    "SeparationRule",
    "Team",
    "TeamMember",
    "Unanswered",
]
