"""The register: areas, people, roles, assignments, approvals."""

from ismsroles.core import clock
from ismsroles.core.tabular import Row as LineOfTable
from ismsroles.core.tabular import Table
from roles.models import Assignment, Move
from roles.models.imports import ImportFile
from tests import factories
from tests.access_walk import Row


def furnish(world) -> None:
    """What the pages of the register need beside the cast."""
    words = {"moved_at": clock.now(), "moved_on": clock.today(), "what": "Area: Finance → Operations"}
    world.moved = Move.objects.create(person=world.people.holder, **words)
    proposed = {"starts_on": clock.today(), "proposed_at": clock.now(), "reason": "Fits."}
    by_representative = {"proposed_by": world.representative, "proposed_by_person": world.people.representative}
    by_manager = {"proposed_by": world.ism, "proposed_by_person": world.people.ism}
    world.own_proposal = Assignment.objects.create(
        role=world.roles.vacant, person=world.people.holder, seat="deputy", **proposed, **by_representative
    )
    world.about_top = Assignment.objects.create(
        role=world.roles.vacant, person=world.people.top, seat="deputy", **proposed, **by_manager
    )
    world.others_list = ImportFile(uploaded_by=world.administrator, name="people.csv")
    world.others_list.hold(Table(["Name"], [LineOfTable(2, ["Somebody"])]))
    world.others_list.save()
    world.exception = factories.exception(world.people.top, by=world.ism)


# fmt: off
TABLE = [
    Row("mine", "200", "405"),
    Row("areas", "200", "405"),
    Row("area", "200", "405", lambda w: [w.home.pk]),
    Row("area", "200", "405", lambda w: [w.elsewhere.pk], what="other area"),
    Row("area-edit", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.elsewhere.pk], what="other area"),
    Row("area-remove", "403 200 403 403 403 403 403 403", "403 409 403 403 403 403 403 403", lambda w: [w.elsewhere.pk], what="other area"),
    Row("area-history", "200 200 200 403 403 403 200 403", "405", lambda w: [w.elsewhere.pk], what="other area"),
    Row("area-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("area-edit", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.home.pk]),
    Row("area-remove", "403 200 403 403 403 403 403 403", "403 409 403 403 403 403 403 403", lambda w: [w.home.pk]),
    Row("area-history", "200 200 200 403 403 403 200 403", "405", lambda w: [w.home.pk]),
    Row("people", "200 200 200 200 403 403 200 403", "405"),
    Row("people-options", "200", "405"),
    Row("people-export", "200 200 200 200 403 403 200 403", "405"),
    Row("people-import", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("people-import-sample", "403 200 403 403 403 403 403 403", "405"),
    Row("people-import-review", "403 200 403 403 403 403 403 403", "403 302 403 403 403 403 403 403", lambda w: [w.list.pk]),
    Row("people-import-review", "403 404 403 403 403 403 403 403", "403 404 403 403 403 403 403 403", lambda w: [w.others_list.pk], what="somebody else’s"),
    Row("people-import-refused", "403 404 403 403 403 403 403 403", "405", lambda w: [w.others_list.pk], what="somebody else’s"),
    Row("people-import-refused", "403 422 403 403 403 403 403 403", "405", lambda w: [w.list.pk]),
    Row("person", "200 200 200 200 200 404 200 404", "405", lambda w: [w.hana], what="own area"),
    Row("person", "200 200 200 404 404 404 200 200", "405", lambda w: [w.cole], what="other area"),
    Row("person-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("person-edit", "403 200 403 403 403 404 403 404", "403 422 403 403 403 404 403 404", lambda w: [w.hana], what="own area"),
    Row("person-edit", "403 200 403 404 404 404 403 403", "403 422 403 404 404 404 403 403", lambda w: [w.cole], what="other area"),
    Row("person-leave", "403 200 403 403 403 404 403 404", "403 422 403 403 403 404 403 404", lambda w: [w.hana]),
    Row("person-leave", "403 200 403 404 404 404 403 403", "403 422 403 404 404 404 403 403", lambda w: [w.cole], what="other area"),
    Row("person-stay", "403 200 403 404 404 404 403 403", "403 302 403 404 404 404 403 403", lambda w: [w.cole], what="other area"),
    Row("person-login", "200 200 403 403 403 404 403 404", "302 302 403 403 403 404 403 404", lambda w: [w.hana], what="own area"),
    Row("person-represent", "403 200 403 404 404 404 403 403", "403 302 403 404 404 404 403 403", lambda w: [w.cole], what="other area"),
    Row("person-history", "200 200 200 404 404 404 200 403", "405", lambda w: [w.cole], what="other area"),
    Row("person-stay", "403 200 403 403 403 404 403 404", "403 302 403 403 403 404 403 404", lambda w: [w.hana]),
    Row("person-login", "200 200 403 404 404 404 403 404", "302 302 403 404 404 404 403 404", lambda w: [w.people.outsider.pk]),
    Row("person-represent", "403 200 403 403 403 404 403 404", "403 302 403 403 403 404 403 404", lambda w: [w.hana]),
    Row("person-history", "200 200 200 403 403 404 200 404", "405", lambda w: [w.hana]),
    Row("single-points", "200 200 200 403 403 403 200 403", "405"),
    Row("moves", "200 200 200 403 403 403 200 403", "405"),
    Row("move-keep", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.moved.pk, w.held.holder.pk]),
    Row("person-what-if", "200 200 200 200 403 404 200 404", "405", lambda w: [w.hana], what="own area"),
    Row("person-what-if", "200 200 200 404 404 404 200 403", "405", lambda w: [w.cole], what="other area"),
    Row("person-handover", "403 200 403 200 403 404 403 404", "403 422 403 422 403 404 403 404", lambda w: [w.hana]),
    Row("roles", "200", "405"),
    Row("roles-export", "200", "405"),
    Row("role", "200", "405", lambda w: [w.roles.held.pk], what="in force"),
    Row("role", "200 200 200 200 404 404 200 404", "405", lambda w: [w.drafted.pk], what="a draft"),
    Row("role-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("role-edit", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.roles.held.pk]),
    Row("role-activate", "403 200 403 403 404 404 403 404", "403 302 403 403 404 404 403 404", lambda w: [w.drafted.pk]),
    Row("role-retire", "403 200 403 403 403 403 403 403", "403 409 403 403 403 403 403 403", lambda w: [w.roles.held.pk]),
    Row("role-back", "403 200 403 403 403 403 403 403", "403 409 403 403 403 403 403 403", lambda w: [w.roles.held.pk]),
    Row("role-history", "200 200 200 403 403 403 200 403", "405", lambda w: [w.roles.held.pk]),
    Row("responsibility-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.roles.held.pk]),
    Row("responsibility-edit", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.duty.pk]),
    Row("responsibility-move", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.duty.pk]),
    Row("responsibility-remove", "403 200 403 403 403 403 403 403", "403 302 403 403 403 403 403 403", lambda w: [w.duty.pk]),
    Row("authority-add", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.roles.held.pk]),
    Row("authority-edit", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.power.pk]),
    Row("authority-remove", "403 200 403 403 403 403 403 403", "403 302 403 403 403 403 403 403", lambda w: [w.power.pk]),
    Row("starter", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403"),
    Row("log", "200 200 200 403 403 403 200 403", "405"),
    Row("organisation", "200 200 403 403 403 403 403 403", "422 422 403 403 403 403 403 403"),
    Row("founding", "404", "404"),
    Row("logins", "200 403 403 403 403 403 403 403", "405"),
    Row("login-close", "403 403 403 403 403 403 403 403", "403", lambda w: [w.administrator.pk], what="the administrator’s own"),
    Row("login-close", "200 403 403 403 403 403 403 403", "302 403 403 403 403 403 403 403", lambda w: [w.holder.pk], what="the holder’s"),
    Row("login-reopen", "200 403 403 403 403 403 403 403", "409 403 403 403 403 403 403 403", lambda w: [w.holder.pk]),
    Row("succession", "404", "404"),
    Row("approver-exceptions", "200 200 200 403 403 403 200 403", "405"),
    Row("approver-exception-record", "200 200 403 403 403 403 403 403", "422 422 403 403 403 403 403 403"),
    Row("approver-exception", "200 200 200 404 404 404 200 404", "405", lambda w: [w.exception.pk]),
    Row("approver-exception-end", "200 200 403 404 404 404 403 404", "422 422 403 404 404 404 403 404", lambda w: [w.exception.pk]),
    Row("founding-file", "404", "405", lambda w: [w.held.top.pk]),
    Row("assignments", "200", "405"),
    Row("assignment", "200", "405", lambda w: [w.held.holder.pk], what="approved"),
    Row("assignment", "200 200 200 404 404 404 200 200", "405", lambda w: [w.pending.pk], what="pending, about the colleague"),
    Row("assignment", "200 200 200 200 200 404 200 404", "405", lambda w: [w.own_proposal.pk], what="proposed by the representative, about the holder"),
    Row("assignment", "200 200 200 404 404 404 200 404", "405", lambda w: [w.about_top.pk], what="pending, about top management"),
    Row("decide", "200 200 200 200 403 403 200 403", "403 403 422 403 403 403 403 403", lambda w: [w.own_proposal.pk], what="proposed by the representative"),
    Row("decide", "200 200 200 404 403 403 200 403", "403 403 403 404 403 403 403 403", lambda w: [w.about_top.pk], what="about top management"),
    Row("assignment-withdraw", "403 200 403 200 403 404 403 404", "403 302 403 302 403 404 403 404", lambda w: [w.own_proposal.pk], what="own proposal"),
    Row("assignment-withdraw", "403 200 403 404 404 404 403 404", "403 302 403 404 404 404 403 404", lambda w: [w.about_top.pk], what="other proposal"),
    Row("propose", "403 200 403 200 403 403 403 403", "403 422 403 422 403 403 403 403"),
    Row("propose-checks", "405", "403 200 403 200 403 403 403 403"),
    Row("propose-many", "403 200 403 200 403 403 403 403", "403 422 403 422 403 403 403 403"),
    Row("approvals", "200 200 200 200 403 403 200 403", "405"),
    Row("decide", "200 200 200 404 403 403 200 403", "403 403 422 404 403 403 403 403", lambda w: [w.pending.pk]),
    Row("assignment-withdraw", "403 200 403 404 404 404 403 403", "403 302 403 404 404 404 403 403", lambda w: [w.pending.pk]),
    Row("assignment-end", "403 200 403 403 403 403 403 403", "403 422 403 403 403 403 403 403", lambda w: [w.held.holder.pk]),
]
# fmt: on
