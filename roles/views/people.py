"""Pages of the people (A1, A6)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.middleware import said
from ismsroles.core.paging import page_of, typed
from roles.actions import people as actions
from roles.forms.filters import ListFilter
from roles.forms.people import LastDayForm, NewPersonForm, PersonForm, ReasonForm, RepresentForm
from roles.models import Person
from roles.queries import chips, delegations, register, separation_pages
from roles.queries import people as queries
from roles.queries.absences import away
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP = "roles.person.keep"


def _crumbs(person: Person | None = None) -> list[tuple[str, str]]:
    here = [(person.name, person.get_absolute_url())] if person else []
    return [(_("People"), reverse("people")), *here]


def _visible(request: HttpRequest, pk: int) -> Person:
    rows = visible_to(request.user, Person).select_related("area", "manager", "user")
    return get_object_or_404(rows, pk=pk)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody the user may see, fifty at a time."""
    user, day = request.user, clock.today()
    require(user, "roles.people.see")
    form = ListFilter(request.GET, areas=register.area_choices(user))
    questions = queries.questions(day)
    show = typed(request, "show") if typed(request, "show") in questions else ""
    rows = queries.people(user, **form.asked())
    counted = chips.counts(rows, questions)
    page = page_of(
        request,
        queries.ordered(rows.filter(questions[show][1]), typed(request, "sort")).select_related("area"),
        total=counted[show],
    )
    page.object_list = queries.with_holdings(page.object_list, user, day)
    context = {"page_obj": page, "filter": form, "chips": chips.links(questions, counted, show, request.GET), "show": show,
               "total": counted[""], "keeps": may(user, KEEP), "day": day, "sees_log": may(user, "roles.log.see")}  # fmt: skip
    return render(request, "roles/people.html", context)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what they hold and held, their dates, manager, reports and login."""
    one, user, day = _visible(request, pk), request.user, clock.today()
    context = {
        "person": one,
        "terms": queries.holdings_of(one, user, day),
        **delegations.of_person(one, day),
        "absence": away(day).get(one.pk),
        "may_record_absence": one.is_current(day) and may(user, "roles.absence.record", one),
        "reports": visible_to(user, Person).filter(manager=one).current(day)[:50],
        "represents": queries.represented_by(one),
        "conflicts": separation_pages.conflicts_of(one, day) if one.is_current(day) else [],
        "may_ask": may(user, "roles.separation_exception.request", one),
        "is_here": one.is_current(day),
        "day": day,
        "may_keep": may(user, KEEP),
        "may_invite": may(user, "roles.login.give"),
        "may_represent": may(user, "roles.representatives.keep"),
        "sees_log": may(user, "roles.log.see"),
        "sees_what_if": may(user, "roles.person.what_if", one),
        "hands_over": may(user, "roles.person.hand_over", one),
        "sees_manager": one.manager_id and visible_to(user, Person).filter(pk=one.manager_id).exists(),
    }
    return render(request, "roles/person.html", context)


@FORM
def person_add(request: HttpRequest) -> HttpResponse:
    """A new person."""
    require(request.user, KEEP)
    form = kept(request, NewPersonForm, people=visible_to(request.user, Person).current(clock.today()))
    return form_page(
        request, form, actions.add_person, done=_("Added %(it)s."), heading=_("Add a person"), action_label=_("Add the person"),
        lead=_("Somebody inside or outside who holds, or may hold, a role."), cancel_url=reverse("people"), crumbs=_crumbs(),
        template="roles/person_form.html",
    )  # fmt: skip


@FORM
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words about a person. Leaving has a page of its own."""
    one = _visible(request, pk)
    require(request.user, KEEP)
    people = visible_to(request.user, Person).current(clock.today()) | Person.objects.filter(pk=one.manager_id)

    def save(**values):
        return actions.change_person(one, **values)

    return form_page(
        request, kept(request, PersonForm, instance=one, people=people.exclude(pk=pk)), save, done=_("Saved %(it)s."),
        heading=_("Change %(person)s") % {"person": one}, cancel_url=one.get_absolute_url(), crumbs=_crumbs(one),
        template="roles/person_form.html",
    )  # fmt: skip


@FORM
def person_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the last day; what ends with it is said first (A6, rule 5)."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def leave(**values):
        return actions.record_last_day(one, **values)

    return form_page(
        request, kept(request, LastDayForm, initial={"last_day": one.last_day}), leave, done=_("The last day of %(it)s is recorded."),
        template="roles/person_leave.html", person=one, ends=queries.what_a_last_day_ends(one, clock.today()), crumbs=_crumbs(one),
        cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@FORM
def person_stay(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last day back."""
    one = _visible(request, pk)
    require(request.user, KEEP)

    def stay(**values):
        stayed = actions.record_last_day(one, None, **values)
        for outcome in stayed.outcomes:
            said(request, outcome.sentence)
        return stayed

    return confirm_page(
        request, stay, done=_("%(it)s stays."), to=one.get_absolute_url(), form=kept(request, ReasonForm), harmless=True,
        heading=_("Take back the last day?"), lead=str(one), crumbs=_crumbs(one), cancel_url=one.get_absolute_url(),
        action_label=_("Take back the last day"),
        consequences=[
            _("The person has no last day any more and may sign in again."),
            _("What was approved and ended with it comes back, unless it is over or somebody has followed."),
            _("Proposals that were withdrawn stay withdrawn. You are told what did not come back."),
        ],
    )  # fmt: skip


@FORM
def person_login(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody to sign in: the link goes to their own address and is shown to nobody (design §5)."""
    one = _visible(request, pk)
    require(request.user, "roles.login.give")

    def invite(actor):
        actions.give_login(one, actor=actor)

    return confirm_page(
        request, invite, done=_("The invitation is on its way."), to=one.get_absolute_url(), harmless=True, crumbs=_crumbs(one),
        heading=_("Send a new link?") if one.user else _("Invite this person?"), lead=str(one), consequences=_invitation_words(one),
        action_label=_("Send the invitation"), cancel_url=one.get_absolute_url(),
    )  # fmt: skip


def _invitation_words(person: Person) -> list[str]:
    address = person.user.email if person.user else person.email
    words = [
        _("A link goes to %(email)s. It works once, for 72 hours.") % {"email": address} if address
        else _("No e-mail address is written here yet. Write one first."),
        _("Nobody else sees it, you neither. With it the person chooses a password."),
    ]  # fmt: skip
    if not settings.EMAIL_URL:
        folder = {"folder": settings.EMAIL_FILE_PATH}
        words.append(_("No mail server is set up. The mail is put into the folder %(folder)s on the server.") % folder)
    return words


@FORM
def person_represent(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the areas that a person looks after, or end it."""
    one = _visible(request, pk)
    require(request.user, "roles.representatives.keep")

    def represent(**values):
        return actions.set_representation(one, **values)

    return form_page(
        request, kept(request, RepresentForm, initial={"areas": queries.represented_by(one)}), represent,
        done=_("Saved: what %(it)s looks after."), heading=_("What %(person)s looks after") % {"person": one},
        lead=_("A representative sees the people of an area and proposes them for roles."), crumbs=_crumbs(one),
        cancel_url=one.get_absolute_url(),
    )  # fmt: skip
