"""The objects that the access test asks for: one of each that a persona may own, and one that is somebody else's."""

from types import SimpleNamespace

from evidence import snapshot
from evidence.models import Pack, Remark
from ismsroles.core import clock
from ismsroles.core.tabular import Row, Table
from ismsroles.records.actions import keep
from ismsroles.records.models import SignOff, Version
from roles.models import Assignment, Authority, Responsibility
from roles.models.imports import ImportFile
from tests import access_table, factories
from tests.made_once import made_once

KIND = "roles-document"


def version(world: SimpleNamespace, number: str, until: str) -> Version:
    """A version that went the legal way until a state, with bytes that nobody reads here."""
    pdf, moment = keep(f"%PDF-1.7 {number}".encode(), "application/pdf"), clock.now()
    row = Version.objects.create(
        kind=KIND, number=number, title="Roles and Responsibilities", summary="For a test.", frozen_at=moment,
        snapshot=keep(snapshot.build(number, "For a test."), "application/json"), frozen_by=world.ism, frozen_by_name=world.ism.name,
    )  # fmt: skip
    way = {
        "frozen": {"draft": pdf},
        "sent": {"sent_at": moment},
        "signed": {"signoffs_record": keep(b"[]", "application/json")},
        "published": {"final": pdf, "published_at": moment},
    }
    for state, written in way.items():
        Version.objects.filter(pk=row.pk).update(state=state, **written)
        if state == until:
            break
    return Version.objects.get(pk=row.pk)


def furnish(world: SimpleNamespace) -> SimpleNamespace:
    """The cast, and what the pages are about."""
    return made_once("access world", lambda: _furnish(world))


def _furnish(world: SimpleNamespace) -> SimpleNamespace:
    world.pending = Assignment.objects.create(
        role=world.roles.vacant, person=world.people.colleague, single_holder=True, starts_on=clock.today(),
        proposed_by=world.ism, proposed_by_person=world.people.ism, proposed_at=clock.now(), reason="Fits.",
    )  # fmt: skip
    world.hana, world.cole = world.people.holder.pk, world.people.colleague.pk
    world.published = version(world, "1.0", "published")
    world.sent = version(world, "1.1", "sent")
    SignOff.objects.create(
        version=world.sent,
        user=world.top,
        person_key=f"person-{world.people.top.pk}",
        name="Tora Top",
        role="Chief executive",
    )
    world.other_engagement = factories.audit(factories.user("Alva Other Auditor"))
    world.audit_request = Remark.objects.create(
        engagement=world.engagement, item="assignment", kind="request", text="Show me the letters.", by=world.auditor,
        by_name=world.auditor.name, at=clock.now(),
    )  # fmt: skip
    world.pack = Pack.objects.create(
        engagement=world.other_engagement,
        asked_by=world.ism,
        asked_by_name=world.ism.name,
        asked_at=clock.now(),
        fault="Not built.",
    )
    world.duty = Responsibility.objects.filter(role=world.roles.held).first()
    world.power = Authority.objects.filter(role=world.roles.held).first()
    world.drafted = factories.role("Draft role", state="draft")
    world.list = ImportFile(uploaded_by=world.ism, name="people.csv")
    world.list.hold(Table(["Name", "E-mail"], [Row(2, ["New Person", "new.person@testhouse.example"])]))
    world.list.save()
    for module in access_table.MODULES:
        getattr(module, "furnish", lambda world: None)(world)
    return world
