"""The ten steps of the guidance to clause 5.3, each with its usual trap, what helps, and the checks that say how far it is.

A check passes when there is what it asks for, and no finding of its rules. Its rules are those of the findings: nothing is counted
a second way."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Check:
    """One thing that is so, or not yet."""

    title: Any
    needs: str  # of evidence.guided.counting: there must be more than `few` of it
    page: str  # the name of the URL where it begins
    action: Any
    rules: tuple[str, ...] = ()  # ids of findings; "A4." takes all that begin so
    few: int = 0  # set-up makes two people and two roles: so few are no register yet
    lacks: str = ""  # of counting: there must be none of it

    def names(self, rule: str) -> bool:
        """Whether a finding of this rule stands in the way of the check."""
        return any(rule == one or (one.endswith(".") and rule.startswith(one)) for one in self.rules)


@dataclass(frozen=True)
class Step:
    """One of the ten."""

    key: str
    title: Any
    trap: Any
    helps: Any
    checks: tuple[Check, ...]


STEPS = (
    Step("roles", _("Identify the roles that you need"),
         _("A role that matters is forgotten, or there are more roles than anybody needs."),
         _("Look at what your organisation does, and take what fits from the starter library."), (
        Check(_("The people of the organisation are in the register"), "people", "people-import", _("Import people"), few=3),
        Check(_("The areas in scope are named"), "areas", "areas", _("Name the areas"), ("T1.scope",)),
        Check(_("The roles that the ISMS needs are in force"), "roles", "starter", _("Starter library"), few=3),
        Check(_("Somebody answers for clauses 5.3 a and b"), "roles", "roles", _("Open the roles"), ("R5",)),
    )),
    Step("responsibilities", _("Write down what each role answers for"),
         _("Vague or overlapping words: everybody thinks that somebody else does it."),
         _("Short sentences that can be checked, each in one role only."), (
        Check(_("Every role has responsibilities"), "duties", "roles", _("Open the roles"), ("R2",)),
        Check(_("No two roles answer for the same"), "duties", "overlaps", _("See the overlaps"), ("R2.overlap",)),
        Check(_("Every responsibility can be checked"), "duties", "roles", _("Open the roles"), ("R2.vague",)),
    )),
    Step("authorities", _("Give each role the authority that it needs"),
         _("Somebody must do something and may not decide it."),
         _("Write the limits down (amount, system, level), and tell the holders."), (
        Check(_("Every role may decide something"), "authorities", "roles", _("Open the roles"), ("R3.none",)),
        Check(_("Responsibilities and authorities match"), "authorities", "roles", _("Open the roles"), ("R3", "R3.serves")),
        Check(_("It is written who grants access, approves suppliers and accepts risks"), "levels", "levels-starter",
              _("Suggested levels"), ("R6.",)),
    )),
    Step("documented", _("Document who does what, and have it signed"),
         _("The document is right on the day of the audit, and on no other."),
         _("Keep the register right; each version of the document follows from it."), (
        Check(_("Every role is held by somebody who is there"), "seats", "propose-many", _("Fill vacant roles"),
              ("A6", "A6.vacant", "A6.stands-in", "A6.moved")),
        Check(_("No proposal waits for long"), "seats", "assignments", _("Open the assignments"), ("A3", "A3.stuck", "A3.nobody")),
        Check(_("Who holds a role alone has a deputy"), "seats", "roles", _("Open the roles"), ("A7", "A7.away", "A9.")),
        Check(_("Every appointment has its letter and was accepted"), "letters", "letters", _("Open the letters"), ("A4", "A4.")),
        Check(_("Duties that conflict are kept apart"), "rules", "separation", _("Separation of duties"),
              ("A5", "A5.ended", "A5.warning", "A5.role", "A5.waits")),
        Check(_("The matrix of activities is complete and published"), "activities", "matrix", _("Open the matrix"), ("M1.draft", "M2.")),
        Check(_("Top management signed the document, and it is current"), "signed", "version-prepare", _("Prepare a version"),
              ("D3.missing", "D3.changed", "D3.old", "D3.waiting")),
    )),
    Step("communication", _("Tell everybody"),
         _("People do not know their part, or how it helps."),
         _("Ask everybody to read and acknowledge; answer the everyday questions in one place."), (
        Check(_("Everybody was asked to read the signed version"), "campaigns", "campaigns", _("Campaigns"), ("K2.late",)),
        Check(_("Everyone’s duties are read and acknowledged"), "acknowledged", "induction", _("Induction"), ("K3", "K6")),
        Check(_("Everyday questions have a name as their answer"), "questions", "questions-starter", _("Suggested questions"), ("K4",)),
    )),
    Step("competence", _("Make people able"),
         _("Somebody is named and never trained."),
         _("Compare what roles need with what people can; plan training for the difference."), (
        Check(_("Every role says what it needs"), "requirements", "requirements", _("What roles need"), ("C2", "C2.suggested")),
        Check(_("What people lack has a plan"), "assessments", "competence", _("Competence matrix"), ("C3",)),
        Check(_("Training happens when it was planned"), "requirements", "training", _("Training"),
              ("C3.overdue", "C3.effect", "C5.overdue")),
        Check(_("People were asked what their role is"), "rounds", "rounds", _("Rounds of questions"), ("K5",)),
    )),
    Step("processes", _("Build the roles into the processes"),
         _("Roles stand in a document, and the work is done without them."),
         _("Say for each process, policy, asset and risk which role does what."), (
        Check(_("Every process has roles that take part"), "processes", "processes-starter", _("Suggested processes"), ("R7", "R7.vacant")),
        Check(_("Every policy has an owner and a role that puts it into effect"), "policies", "policies", _("Policies"), ("R9",)),
        Check(_("Every asset and cloud service has an owner"), "assets", "assets", _("Assets"), ("M4", "M4.")),
        Check(_("Every risk has an owner, who accepts what remains"), "risks", "risks", _("Risks"), ("M5", "M5.")),
    )),
    Step("reviews", _("Review regularly"),
         _("What was right a year ago is not right any more."),
         _("Once a year and after each change, with those whom it concerns."), (
        Check(_("Reviews are done by their day"), "reviewed", "reviews", _("Reviews"), ("V1.", "V3.follow_up")),
        Check(_("The management review team is set up"), "charters", "team-edit", _("Set up the team"), ("T1.",)),
        Check(_("It meets every quarter, with minutes"), "meetings", "meetings", _("Meetings"), ("T2", "T2.", "T3.", "T5")),
        Check(_("The roles are audited"), "audits", "role-audits", _("Audits of roles"), ("V5.",)),
    )),
    Step("performance", _("Close gaps in performance"),
         _("Nobody says what is expected, so nobody can fall short of it."),
         _("Write down what each role is measured by, talk about gaps, and follow them up."), (
        Check(_("Every role says what is expected of its holder"), "expectations", "roles", _("Open the roles"),
              lacks="without_expectation"),
        Check(_("Every gap has its corrective action, in time"), "expectations", "competence", _("Competence matrix"),
              lacks="without_follow_up"),
    )),
    Step("chart", _("Keep the organisation chart current"),
         _("It shows the organisation as it was."),
         _("Make one role responsible for it; confirm it after each restructure."), (
        Check(_("Reporting lines are entered"), "lines", "chart", _("Organisation chart")),
        Check(_("Somebody keeps the chart"), "keepers", "chart-keeper", _("Name who keeps it"), ("R8.keeper",)),
        Check(_("The chart was confirmed after the last restructure"), "confirmed", "chart-confirm", _("Confirm the chart"), ("R8",)),
    )),
)  # fmt: skip
