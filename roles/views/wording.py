"""Pages on which a role's responsibilities and authorities are written (R2, R3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ismsroles.core.access import require, visible_to
from roles.actions import register as actions
from roles.forms.people import ReasonForm
from roles.forms.register import (
    AuthorityForm,
    ChangedAuthorityForm,
    ChangedResponsibilityForm,
    MoveForm,
    ResponsibilityForm,
)
from roles.models import Authority, Responsibility, Role
from roles.views.parts import confirm_page, form_page, kept
from roles.views.register import FORM, KEEP, crumbs, kept_role


def _row(request: HttpRequest, model, pk: int):
    """A responsibility or authority of a role that the user may see and change."""
    row = get_object_or_404(model.objects.filter(role__in=visible_to(request.user, Role)).select_related("role"), pk=pk)
    require(request.user, KEEP)
    return row


def _on(role: Role) -> dict:
    return {"crumbs": crumbs(role), "cancel_url": role.get_absolute_url(), "to": role.get_absolute_url()}


@FORM
def responsibility_add(request: HttpRequest, pk: int) -> HttpResponse:
    """What the role must do, one sentence at a time."""
    role = kept_role(request, pk)

    def add(**values):
        return actions.add_responsibility(role, **values)

    return form_page(
        request, kept(request, ResponsibilityForm), add, done=_("Added a responsibility. Give it the authority it needs."),
        heading=_("Add a responsibility"), lead=str(role), action_label=_("Add the responsibility"), **_on(role),
    )  # fmt: skip


@FORM
def responsibility_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words for a responsibility."""
    row = _row(request, Responsibility, pk)

    def save(**values):
        return actions.change_responsibility(row, **values)

    return form_page(
        request, kept(request, ChangedResponsibilityForm, instance=row), save, done=_("Saved the responsibility."),
        heading=_("Change a responsibility"), lead=str(row.role), **_on(row.role),
    )  # fmt: skip


@FORM
def responsibility_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role takes a responsibility over."""
    row = _row(request, Responsibility, pk)

    def move(**values):
        return actions.move_responsibility(row, **values)

    return confirm_page(
        request, move, done=_("Moved: %(it)s"), form=kept(request, MoveForm, instance=row), harmless=True,
        heading=_("Move this responsibility?"), lead=row.text, action_label=_("Move it"),
        consequences=[_("It leaves %(role)s and belongs to the role that you choose.") % {"role": row.role},
                      _("Authorities stay with the old role. Give the new one what it needs.")],
        **_on(row.role),
    )  # fmt: skip


@FORM
def responsibility_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a responsibility away."""
    row = _row(request, Responsibility, pk)

    def remove(**values):
        return actions.remove_responsibility(row, **values)

    return confirm_page(
        request, remove, done=_("Removed the responsibility. Its history stays."), form=kept(request, ReasonForm),
        heading=_("Remove this responsibility?"), lead=row.text, action_label=_("Remove the responsibility"),
        consequences=[_("%(role)s is no longer obliged to do it.") % {"role": row.role}, _("Its wording stays in the history.")],
        **_on(row.role),
    )  # fmt: skip


@FORM
def authority_add(request: HttpRequest, pk: int) -> HttpResponse:
    """What the role may decide."""
    role = kept_role(request, pk)
    form = kept(
        request,
        AuthorityForm,
        duties=role.responsibilities.all(),
        initial={"serves": request.GET.getlist("serves")[:1]},
    )

    def add(**values):
        return actions.add_authority(role, **values)

    return form_page(
        request, form, add, done=_("Added an authority."), heading=_("Add an authority"), lead=str(role),
        action_label=_("Add the authority"), **_on(role),
    )  # fmt: skip


@FORM
def authority_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another wording or limit, or other responsibilities served."""
    row = _row(request, Authority, pk)
    form = kept(request, ChangedAuthorityForm, instance=row, duties=row.role.responsibilities.all())

    def save(**values):
        return actions.change_authority(row, **values)

    return form_page(
        request, form, save, done=_("Saved the authority."), heading=_("Change an authority"), lead=str(row.role),
        **_on(row.role),
    )  # fmt: skip


@FORM
def authority_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an authority away."""
    row = _row(request, Authority, pk)

    def remove(**values):
        return actions.remove_authority(row, **values)

    return confirm_page(
        request, remove, done=_("Removed the authority. Its history stays."), form=kept(request, ReasonForm),
        heading=_("Remove this authority?"), lead=str(row), action_label=_("Remove the authority"),
        consequences=[_("%(role)s may no longer do it.") % {"role": row.role}, *_bare_without(row)],
        **_on(row.role),
    )  # fmt: skip


def _bare_without(row: Authority) -> list[str]:
    """Responsibilities that would be left without any authority."""
    alone = [duty for duty in row.serves.all() if duty.authorities.count() == 1]
    return [_("Without it, nothing lets the role do this: %(text)s") % {"text": duty.text} for duty in alone]
