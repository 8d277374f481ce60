"""Lets the demo organisation happen: every step of its past goes through the product's own actions, on the day it happened."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from evidence import actions as evidence
from evidence.demo.chapters import CHAPTERS
from evidence.demo.company import DemoAssignment, DemoChange, DemoCompany, DemoPerson, DemoRole, DemoVersion, on
from evidence.demo.step import Step
from ismsroles.core import accounts, clock, history, scope
from ismsroles.core.models import Organisation, OutboxMessage, User
from ismsroles.core.shown import fingerprint
from ismsroles.notices.models import Message
from ismsroles.records import actions as records
from ismsroles.records.actions import Signer
from ismsroles.records.models import Version
from roles.actions import areas, assignments, people, register
from roles.models import Area, Assignment, Person, Role
from roles.shown import shown

PASSWORD = "orrinsby demo 2026"
BETWEEN_LETTERS = timedelta(seconds=20)  # the PDFs of the past are made little by little, while somebody looks around
NOTICE = 25  # days before the last day on which the register hears of it


class Story:
    """The company's past as steps, and the rows that they have made so far."""

    def __init__(self, company: DemoCompany, today: date) -> None:
        self.company, self.today = company, today
        self.areas: dict[str, Area] = {}
        self.people: dict[str, Person] = {}
        self.roles: dict[str, Role] = {}
        self.assignments: dict[str, Assignment] = {}
        self.versions: dict[str, Version] = {}
        self.parts = {login.person: login.part for login in company.logins}
        self.opened = company.organisation.opened

    def tell(self) -> None:
        """Let it happen, day by day, each step as one request would. Mails of the past are not sent."""
        for day, steps in groupby(sorted(self.steps(), key=lambda s: (s.day, s.order)), key=lambda s: s.day):
            for minute, step in enumerate(steps):
                with clock.at(self._moment(day, minute)), scope.opened():
                    step.do()
        Message.objects.filter(mailed_at=None).update(mailed_at=clock.now())
        Message.objects.filter(created_at__lt=clock.now() - 14 * clock.DAY).update(read_at=clock.now())
        waiting = OutboxMessage.objects.filter(delivered_at=None)
        waiting.exclude(kind="roles.letter").update(delivered_at=clock.now())
        for number, message in enumerate(waiting.order_by("-pk")):  # the newest letters first, one now and then
            OutboxMessage.objects.filter(pk=message.pk).update(due_at=clock.now() + number * BETWEEN_LETTERS)

    def _moment(self, day: int, minute: int) -> datetime:
        morning = datetime.combine(on(day, self.today), time(9), UTC) + timedelta(minutes=minute)
        return min(morning, timezone.now())

    def steps(self) -> Iterator[Step]:
        """Everything that happened, in no particular order."""
        yield Step(self.opened, 0, self.open_register)
        yield Step(self.opened, 1, self.add_people)
        for role in self.company.roles.values():
            yield Step(role.added, 2, lambda role=role: self.add_role(role))
            if role.retired is not None:
                yield Step(
                    role.retired, 8, lambda role=role: register.retire_role(self.roles[role.key], actor=self.ism())
                )
        yield Step(self.opened, 3, self.link_roles)
        for each in self.company.assignments.values():
            yield from self.steps_of(each)
        for person in self.company.people.values():
            if person.last_day is not None and person.kind == "employee":
                yield Step(person.last_day - NOTICE, 4, lambda person=person: self.leave(person))
        for change in self.company.changes:
            if change.kind in ("responsibility_reworded", "limit_raised"):
                yield Step(change.day, 7, lambda change=change: self.change(change))
        for version in self.company.versions:
            yield from self.steps_of_version(version)
        yield Step(self.company.engagement.starts - 5, 9, self.engage)
        yield Step(self.opened + 60, 9, self.name_representatives)
        for chapter in CHAPTERS:
            yield from chapter.steps(self)

    # The register -------------------------------------------------------------------------------------------------------

    def open_register(self) -> None:
        told, document = self.company.organisation, self.company.document
        Organisation.objects.create(
            name=told.name, legal_name=told.legal_name, scope=told.scope, accent=told.accent, time_zone=told.time_zone,
            size=told.size, policy_title=f"{document.policy}, version {document.policy_version}",
            document_number=document.number, classification=document.classification, distribution=document.distribution,
        )  # fmt: skip
        key = next(person for person, part in self.parts.items() if part == "administrator")
        told_of = self.company.people[key]
        self.administrator = accounts.create_login(
            email=told_of.email, name=told_of.name, actor=None, password=PASSWORD, administrator=True
        )
        for area in self.company.areas:
            parent = self.areas.get(area.parent)
            made = areas.add_area(actor=self.administrator, name=area.name, parent=parent, in_scope=area.in_scope)
            self.areas[area.key] = made

    def add_people(self) -> None:
        for number, told in enumerate(self.company.people.values()):
            known = told.kind == "employee" and number % 4 != 3  # no subscriber has a number that begins with noughts
            person = people.add_person(
                actor=self.administrator, name=told.name, email=told.email, external_id=told.external_id, kind=told.kind,
                phone=f"+31 30 000 {number:04}" if known else "", employer=told.employer, job_title=told.job_title,
                area=self.areas[told.area], manager=self.people.get(told.manager), starts_on=on(told.starts, self.today),
                last_day=self._known_end(told),
            )  # fmt: skip
            self.people[told.key] = person
        for key in self.parts:
            self.give_login(key)

    def _known_end(self, told: DemoPerson) -> date | None:
        """Contracts end on a day that is known from the start; notice of employees comes later."""
        return on(told.last_day, self.today) if told.last_day is not None and told.kind != "employee" else None

    def give_login(self, key: str) -> None:
        """Invited, and the link was used: here with a password that the demo prints."""
        person = self.people[key]
        found = User.objects.filter(email=person.email_key).first()
        person.user = found or accounts.create_login(
            email=person.email, name=person.name, actor=self.administrator, password=PASSWORD
        )
        history.save(person, actor=self.administrator)
        people.record_link(person, self.administrator)

    def add_role(self, told: DemoRole) -> None:
        actor = self.ism()
        role = register.add_role(
            actor=actor, title=told.title, purpose=told.purpose, kind=told.kind, persona=told.persona,
            clauses=list(told.clauses), competences="\n".join(told.competences), starter_key=told.starter,
            area=self.areas.get(told.area), reports_to=self.roles.get(told.reports_to),
        )  # fmt: skip
        must = [register.add_responsibility(role, text, actor=actor) for text in told.responsibilities]
        for may in told.authorities:
            register.add_authority(
                role, actor=actor, text=may.text, limit_kind=may.limit_kind, limit=may.limit,
                serves=[must[index] for index in may.serves],
            )  # fmt: skip
        if told.state != "draft":
            role = register.activate_role(role, actor=actor)
        self.roles[told.key] = role

    def link_roles(self) -> None:
        """Superiors that came later in the file."""
        for told in self.company.roles.values():
            role, superior = self.roles.get(told.key), self.roles.get(told.reports_to)
            if role is not None and superior is not None and role.reports_to_id is None:
                self.roles[told.key] = register.change_role(role, actor=self.ism(), reports_to=superior)

    def leave(self, told: DemoPerson) -> None:
        last_day = on(told.last_day, self.today)
        people.record_last_day(self.people[told.key], last_day, actor=self.ism(), reason="Notice received.")

    def change(self, told: DemoChange) -> None:
        role, actor = self.roles[told.role], self.ism()
        if told.kind == "responsibility_reworded":
            row = role.responsibilities.all()[told.position]
            register.change_responsibility(row, told.now, actor=actor, reason=told.reason)
        else:
            row = role.authorities.all()[told.position]
            serves = list(row.serves.all())
            register.change_authority(row, actor=actor, limit=told.now, serves=serves, reason=told.reason)

    def name_representatives(self) -> None:
        for login in self.company.logins:
            if login.part == "representative":
                people.name_representative(self.people[login.person], self.areas[login.area], actor=self.ism())

    # Assignments --------------------------------------------------------------------------------------------------------

    def steps_of(self, told: DemoAssignment) -> Iterator[Step]:
        if told.founding:
            yield Step(told.proposed, 4, lambda: self.found(told))
            return
        yield Step(told.proposed, 5, lambda: self.propose(told))
        if told.decided is not None:
            yield Step(told.decided, 6, lambda: self.decide(told))

    def found(self, told: DemoAssignment) -> None:
        self.assignments[told.key] = assignments.record_founding(
            role=self.roles[told.role], person=self.people[told.person], actor=self.administrator,
            board_date=on(told.decided, self.today), reference=told.reference, starts_on=on(told.starts, self.today),
        )  # fmt: skip

    def propose(self, told: DemoAssignment) -> None:
        ends_on = on(told.ends, self.today) if told.ends is not None else None
        self.assignments[told.key] = assignments.propose_assignment(
            role=self.roles[told.role], person=self.people[told.person], actor=self.login(told.proposed_by),
            area=self.areas.get(told.area), seat=told.seat, filled_as=told.filled_as, reason=told.reason,
            starts_on=on(told.starts, self.today), ends_on=ends_on,
        )  # fmt: skip

    def decide(self, told: DemoAssignment) -> None:
        assignment, actor = self.assignments[told.key], self.login(told.decided_by)
        seen = fingerprint(shown(Assignment.objects.get(pk=assignment.pk)))
        verb = assignments.approve_assignment if told.decision == "approved" else assignments.reject_assignment
        verb(assignment, actor=actor, seen_hash=seen, reason=told.decision_reason)

    # The document ---------------------------------------------------------------------------------------------------------

    def steps_of_version(self, told: DemoVersion) -> Iterator[Step]:
        yield Step(told.frozen, 10, lambda: self.freeze(told))
        if told.sent is not None:
            yield Step(told.sent, 11, lambda: self.send(told))
        for signer in told.signers:
            yield Step(signer.signed, 12, lambda signer=signer: self.sign(told, signer.person))

    def freeze(self, told: DemoVersion) -> None:
        actor = self.login(told.prepared_by)
        version = evidence.prepare_version(number=told.number, summary=told.summary, actor=actor)
        records.render_draft(version.pk)
        self.versions[told.number] = version

    def send(self, told: DemoVersion) -> None:
        signers = [self._signer(each.person, each.meaning) for each in told.signers]
        records.send(self.versions[told.number], signers=signers, actor=self.login(told.prepared_by))

    def _signer(self, key: str, meaning: str) -> Signer:
        person = self.people[key]
        held = Assignment.objects.current(clock.today()).filter(person=person, role__persona="top_management").first()
        return Signer(
            user=person.user, person_key=f"person-{person.pk}", name=person.name, role=str(held.role), meaning=meaning
        )

    def sign(self, told: DemoVersion, key: str) -> None:
        version = Version.objects.get(pk=self.versions[told.number].pk)
        records.sign(
            version,
            actor=self.login(key),
            password=PASSWORD,
            seen_snapshot=version.snapshot_id,
            seen_draft=version.draft_id,
        )
        records.publish(version.pk)

    def engage(self) -> None:
        told = self.company.engagement
        engagement = evidence.open_engagement(
            actor=self.ism(),
            name=told.name,
            firm=told.firm,
            starts_on=on(told.starts, self.today),
            ends_on=on(told.ends, self.today),
        )
        auditor = accounts.create_login(email=told.email, name=told.auditor, actor=self.ism(), password=PASSWORD)
        evidence.name_auditor(engagement, email=auditor.email, name=auditor.name, actor=self.ism())

    # Who acts -------------------------------------------------------------------------------------------------------------

    def login(self, key: str) -> User:
        """The login of a person, or the administrator's own one."""
        return User.objects.get(person=self.people[key])

    def ism(self) -> User:
        """Who keeps the register at this moment: the administrator until there is an information security manager."""
        appointed = self.assignments.get("ism")
        if appointed is not None:
            appointed = Assignment.objects.select_related("person").get(pk=appointed.pk)
        in_office = appointed is not None and appointed.is_current(clock.today())
        return appointed.person.user if in_office else self.administrator


@transaction.atomic
def load(company: DemoCompany) -> Story:
    """Make the demo organisation in an empty installation: all of it or nothing."""
    story = Story(company, clock.today())
    story.tell()
    return story
