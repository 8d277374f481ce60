"""The live evidence of the auditor's workspace: what there is, counted now, and where it is read (D4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competence.models import Acknowledgement, PerformanceGap, TrainingAction
from evidence.earlier import KIND, in_force
from ismsroles.records.models import Version
from raci.models import Activity, Asset, Risk, RiskAcceptance
from roles.models import Assignment, AuthorisationLevel, Letter, Policy, Process, Question
from roles.queries.held import held_roles

FEW = 5  # counts of performance gaps below this are told to nobody (design rule 15)


@dataclass(frozen=True)
class Evidence:
    """One thing to look at."""

    label: str
    url: str


def live(day: date) -> dict[str, Evidence]:
    """Everything that items name, each with its number of today; a fixed number of queries."""
    return {key: Evidence(count(day), _url(name)) for key, (count, name) in _KNOWN.items()}


def _url(name: str) -> str:
    name, _hash, anchor = name.partition("#")
    try:
        return reverse(name) + (f"#{anchor}" if anchor else "")
    except NoReverseMatch:  # a page of an app that is not there yet
        return ""


def _roles(day: date) -> str:
    n = len(held_roles(day))
    return ngettext("%(n)d role description", "%(n)d role descriptions", n) % {"n": n}


def _duties(day: date) -> str:
    return _("%(n)d responsibilities") % {"n": sum(len(held.duties) for held in held_roles(day))}


def _powers(day: date) -> str:
    return _("%(n)d authorities with their limits") % {"n": sum(len(held.authorities) for held in held_roles(day))}


def _assignments(day: date) -> str:
    return _("%(n)d approved assignments, with who proposed and who decided") % {
        "n": Assignment.objects.current(day).count()
    }


def _letters(day: date) -> str:
    counts = Letter.objects.aggregate(all=Count("pk"), accepted=Count("pk", filter=Q(state="accepted")))
    return _("%(all)d appointment letters, %(accepted)d accepted") % counts


def _document(day: date) -> str:
    version = in_force()
    return _("The signed document, version %s") % version.number if version else _("No signed document yet")


def _versions(day: date) -> str:
    return _("%(n)d signed versions") % {"n": Version.objects.filter(kind=KIND, final__isnull=False).count()}


def _matrix(day: date) -> str:
    return _("Matrix of %(n)d activities") % {"n": Activity.objects.filter(retired=False, group__retired=False).count()}


def _acknowledged(day: date) -> str:
    return _("%(n)d acknowledgements of everyone’s duties") % {"n": Acknowledgement.objects.count()}


def _training(day: date) -> str:
    return _("%(n)d training actions, planned and done") % {"n": TrainingAction.objects.count()}


def _performance(day: date) -> str:
    n = PerformanceGap.objects.count()
    return _("%(n)d performance gaps, with feedback and correction") % {"n": n} if n >= FEW else _("Fewer than five")


def _levels(day: date) -> str:
    return _("%(n)d authorisation levels") % {"n": AuthorisationLevel.objects.count()}


def _processes(day: date) -> str:
    return _("%(n)d processes and the roles in them") % {"n": Process.objects.count()}


def _policies(day: date) -> str:
    return _("%(n)d policies and the roles that put them into effect") % {"n": Policy.objects.count()}


def _answers(day: date) -> str:
    return _("%(n)d questions with the name that answers each") % {"n": Question.objects.count()}


def _assets(day: date) -> str:
    return _("%(n)d assets with their owners") % {"n": Asset.objects.filter(retired_on=None).count()}


def _risks(day: date) -> str:
    return _("%(n)d risks with their owners") % {"n": Risk.objects.count()}


def _acceptances(day: date) -> str:
    return _("%(n)d risk acceptances: who, when, up to which level") % {"n": RiskAcceptance.objects.count()}


def _said(words) -> Callable[[date], str]:
    return lambda day: words()


_KNOWN: dict[str, tuple[Callable[[date], str], str]] = {
    "roles": (_roles, "roles"),
    "responsibilities": (_duties, "roles"),
    "authorities": (_powers, "roles"),
    "assignments": (_assignments, "audit#approvals"),
    "letters": (_letters, "letters"),
    "document": (_document, "document"),
    "versions": (_versions, "document"),
    "matrix": (_matrix, "matrix"),
    "overlaps": (_said(lambda: _("Overlaps between roles, compared word by word")), "overlaps"),
    "chart": (_said(lambda: _("The organisation chart, with vacant posts")), "chart"),
    "chart_picture": (_said(lambda: _("The chart as a picture")), "chart-picture"),
    "separation": (_said(lambda: _("Separation of duties: rules, conflicts, exceptions")), "separation"),
    "acknowledgements": (_acknowledged, "overview"),
    "training": (_training, "training"),
    "performance": (_performance, "competence"),
    "competence": (_said(lambda: _("The competence matrix")), "competence"),
    "levels": (_levels, "levels"),
    "processes": (_processes, "processes"),
    "policies": (_policies, "policies"),
    "answers": (_answers, "ask"),
    "assets": (_assets, "assets"),
    "risks": (_risks, "risks"),
    "acceptances": (_acceptances, "risks"),
    "reviews": (_said(lambda: _("Reviews: due, done, with their outcome")), "reviews"),
    "interviews": (_said(lambda: _("Interview sheets")), "audit-interviews"),
    "findings": (_said(lambda: _("All findings")), "findings"),
}
