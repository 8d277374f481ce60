"""Pages of recurring training and of who took it (C5)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from competence.actions import courses as actions
from competence.forms.training import AttendanceForm, CourseForm
from competence.models import Course
from competence.policy import people_seen
from competence.queries import attendance
from competence.views.skills import crumbs
from ismsroles.core import clock
from ismsroles.core.access import may, require, visible_to
from ismsroles.core.paging import page_of, typed
from roles.models import Person
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])
KEEP = "competence.course.keep"


def _one(request: HttpRequest, pk: int) -> Course:
    return get_object_or_404(visible_to(request.user, Course).select_related("area", "role"), pk=pk)


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Every training that repeats."""
    require(request.user, "competence.counts.see")
    rows = visible_to(request.user, Course).filter(is_retired=False).select_related("area", "role")
    return render(
        request,
        "competence/courses.html",
        {"courses": rows, "keeps": may(request.user, KEEP), "sees": may(request.user, "competence.people.see", None)},
    )


@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """One training: who has taken it, who has to; names as far as this user sees them."""
    one, user, day = _one(request, pk), request.user, clock.today()
    lines = attendance.lines(one, user, day, overdue_only=typed(request, "show") == "overdue")
    context = {
        "course": one, "day": day, "keeps": may(user, KEEP), "page_obj": page_of(request, lines), "show": typed(request, "show"),
        "records": may(user, "competence.people.see", None), "overdue": sum(line.is_overdue for line in lines),
    }  # fmt: skip
    return render(request, "competence/course.html", context)


@FORM
def course_add(request: HttpRequest) -> HttpResponse:
    """A new recurring training."""
    require(request.user, KEEP)
    return form_page(
        request, kept(request, CourseForm), actions.add_course, done=_("Added %(it)s."), heading=_("Add a recurring training"),
        lead=_("For everybody, for an area, or for the holders of a role. Who has to take it when is worked out."),
        action_label=_("Add the training"), cancel_url=reverse("courses"), crumbs=crumbs((_("Recurring training"), reverse("courses"))),
    )  # fmt: skip


@FORM
def course_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words or another rhythm."""
    one = _one(request, pk)
    require(request.user, KEEP)
    return form_page(
        request, kept(request, CourseForm, instance=one), lambda **values: actions.change_course(one, **values),
        done=_("Saved %(it)s."), heading=_("Change %(course)s") % {"course": one}, action_label=_("Save"),
        cancel_url=one.get_absolute_url(), crumbs=crumbs((str(one), one.get_absolute_url())),
    )  # fmt: skip


@FORM
def course_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Not repeated any more."""
    one = _one(request, pk)
    require(request.user, KEEP)
    return confirm_page(
        request, lambda actor: actions.retire_course(one, actor=actor), done=_("%(it)s has ended."), to=reverse("courses"),
        heading=_("End this training?"), lead=str(one), action_label=_("End the training"), cancel_url=one.get_absolute_url(),
        crumbs=crumbs((str(one), one.get_absolute_url())),
        consequences=[_("Nobody is asked to take it again."), _("Who took it stays in the register.")],
    )  # fmt: skip


@FORM
def course_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Who took it on a day."""
    one = _one(request, pk)
    require(request.user, "competence.people.see", None)
    due = [line.person for line in attendance.lines(one, request.user, clock.today())][:200]
    people = Person.objects.filter(pk__in=due) & people_seen(request.user)
    own = getattr(request.user, "person", None)
    if own is not None and not may(request.user, "competence.train.record", own):
        people = people.exclude(pk=own.pk)
    return form_page(
        request, kept(request, AttendanceForm, people=people), lambda **values: actions.record_attendance(one, **values),
        done=_("Recorded."), to=one.get_absolute_url(), heading=_("Who took “%(course)s”?") % {"course": one},
        action_label=_("Record it"), cancel_url=one.get_absolute_url(), crumbs=crumbs((str(one), one.get_absolute_url())),
        lead=_("Those who are due first. For a long list, import the register of trainings."),
    )  # fmt: skip
