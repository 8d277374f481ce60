"""Pages on which is written down what was said, reported and decided at a meeting, and where its minutes go (T3, T5)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.core.access import require, visible_to
from ismsroles.records.models import Version
from reviews.actions import minutes, minuting
from reviews.forms import meetings as forms
from reviews.models import AgendaItem, Decision, ManagersReport, Meeting
from reviews.views.meetings import FORM, crumbs, keepable, visible
from roles.models import Person
from roles.views.parts import confirm_page, form_page, kept

PREPARE = "mrt-minutes.prepare"


def _given_item(request: HttpRequest, meeting: Meeting) -> dict[str, object]:
    asked = request.GET.get("item", "")
    found = (
        AgendaItem.objects.filter(meeting=meeting, pk=int(asked)).first()
        if asked.isdecimal() and len(asked) < 10
        else None
    )
    return {"item": found}


@FORM
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of the information security manager."""
    one = visible(request, pk)
    require(request.user, "reviews.report.write")
    row = ManagersReport.objects.filter(meeting=one).first()
    form = kept(request, forms.ReportForm, instance=row)

    def act(**given):
        return minuting.write_report(one, **given)

    return form_page(
        request,
        form,
        act,
        done=_("Saved."),
        to=one.get_absolute_url(),
        heading=_("Report to the management review team"),
        lead=str(one),
        action_label=_("Save the report"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
        note=_("What the register knows stands on the agenda beside it."),
    )


@FORM
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more item on the agenda."""
    one = keepable(request, pk)

    def act(**given):
        return minuting.add_item(one, **given)

    return form_page(
        request,
        kept(request, forms.ItemForm),
        act,
        done=_("On the agenda: %(it)s."),
        to=one.get_absolute_url(),
        heading=_("Add an item"),
        lead=str(one),
        action_label=_("Put it on the agenda"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
    )


@FORM
def note(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """What was said under an item."""
    one = keepable(request, pk)
    row = get_object_or_404(AgendaItem.objects.select_related("meeting"), meeting=one, pk=item)

    def act(**given):
        return minuting.write_note(row, **given)

    return form_page(
        request,
        kept(request, forms.NoteForm, instance=row),
        act,
        done=_("Written down."),
        to=one.get_absolute_url(),
        heading=row.title,
        lead=str(one),
        action_label=_("Save"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
    )


@FORM
def decision_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Something that the team decided."""
    one = keepable(request, pk)
    form = kept(request, forms.DecisionForm, meeting=one, initial=_given_item(request, one))

    def act(**given):
        return minuting.decide(one, **given)

    return form_page(
        request,
        form,
        act,
        done=_("Recorded."),
        to=one.get_absolute_url(),
        heading=_("Record a decision"),
        lead=str(one),
        action_label=_("Record it"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
    )


@FORM
def decision_remove(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """A decision written down by mistake."""
    one = keepable(request, pk)
    row = get_object_or_404(Decision.objects.select_related("meeting"), meeting=one, pk=decision)

    def act(**given):
        return minuting.take_back(row, **given)

    return confirm_page(
        request,
        act,
        done=_("Taken back."),
        to=one.get_absolute_url(),
        form=kept(request, forms.MaybeWhyForm),
        heading=_("Take this decision back?"),
        lead=row.text,
        consequences=[_("It is not in the minutes then. Its history stays.")],
        action_label=_("Take it back"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
    )


@FORM
def action_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Something for somebody to do."""
    one = keepable(request, pk)
    people = visible_to(request.user, Person).current(clock.today())
    form = kept(request, forms.ActionForm, meeting=one, people=people, initial=_given_item(request, one))

    def act(**given):
        return minuting.give_action(one, **given)

    return form_page(
        request,
        form,
        act,
        done=_("Given: %(it)s. Its owner gets a mail."),
        to=one.get_absolute_url(),
        heading=_("Give somebody something to do"),
        lead=str(one),
        action_label=_("Give it"),
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
        note=_("It stands on each agenda until it is done."),
    )


@FORM
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the minutes."""
    one = visible(request, pk)
    require(request.user, PREPARE)

    def act(**given):
        return minutes.freeze_minutes(one, **given)

    return confirm_page(
        request,
        act,
        done=_("Frozen: %(it)s. The draft PDF is being made."),
        heading=_("Freeze the minutes?"),
        lead=str(one),
        to=None,
        consequences=[
            _("Nothing of this meeting changes while its minutes wait for the chair or are signed."),
            _("Actions go on: they are followed up on the next agenda."),
            _("You can recall the minutes until the chair has signed."),
        ],
        action_label=_("Freeze them"),
        harmless=True,
        cancel_url=one.get_absolute_url(),
        crumbs=crumbs(one),
    )


@FORM
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the frozen minutes to who chaired the meeting."""
    version = get_object_or_404(visible_to(request.user, Version).filter(kind="mrt-minutes"), pk=pk)
    one = get_object_or_404(visible_to(request.user, Meeting), minutes=version)
    require(request.user, PREPARE)

    def act(**given):
        return minutes.send_minutes(one, **given)

    return confirm_page(
        request,
        act,
        done=_("Sent. The chair gets a mail."),
        heading=_("Send the minutes to the chair?"),
        lead=str(one),
        to=version.get_absolute_url(),
        consequences=[_("Who chaired the meeting reads them and signs with the password, or says why not.")],
        action_label=_("Send them"),
        harmless=True,
        cancel_url=version.get_absolute_url(),
        crumbs=crumbs(one),
    )
