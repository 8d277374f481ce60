"""The pages that every kept list has: add, change, retire, bring back, and the parts of roles. Levels, processes, policies, questions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ismsroles.core.access import require, visible_to
from roles import users
from roles.actions import guidance as actions
from roles.forms.people import ReasonForm
from roles.models.guidance import Kept
from roles.views.parts import confirm_page, form_page, kept

FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Shelf:
    """One kept list: its model, its forms, its words."""

    model: type[Kept]
    name: str  # of its URLs: level, process …
    listed: str  # the URL of its list
    title: Any
    add_heading: Any
    add_lead: Any
    form: type[BaseForm]
    changed_form: type[BaseForm]
    initial: Callable[[HttpRequest], dict[str, Any]] = lambda request: {}
    template: str = "ui/form_page.html"
    part_form: type[BaseForm] | None = None

    def crumbs(self, row: Kept | None = None) -> list[tuple[str, str]]:
        here = [(str(row), row.get_absolute_url())] if row is not None and self.part_form else []
        return [(self.title, reverse(self.listed)), *here]

    def row(self, request: HttpRequest, pk: int) -> Kept:
        """An entry that the user may see and change."""
        found = get_object_or_404(visible_to(request.user, self.model), pk=pk)
        require(request.user, actions.KEEP)
        return found

    def _back(self, row: Kept | None = None) -> str:
        return row.get_absolute_url() if row is not None else reverse(self.listed)

    def add(self, request: HttpRequest) -> HttpResponse:
        """A new entry."""
        require(request.user, actions.KEEP)

        def save(**values):
            return actions.add(self.model, **values)

        return form_page(
            request, kept(request, self.form, initial=self.initial(request)), save, done=_("Added %(it)s."), template=self.template,
            heading=self.add_heading, lead=self.add_lead, crumbs=self.crumbs(), cancel_url=reverse(self.listed), action_label=_("Add it"),
        )  # fmt: skip

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Other words about an entry."""
        row = self.row(request, pk)

        def save(**values):
            return actions.change(row, **values)

        return form_page(
            request, kept(request, self.changed_form, instance=row), save, done=_("Saved %(it)s."), template=self.template,
            heading=_("Change %(row)s") % {"row": row}, crumbs=self.crumbs(row), cancel_url=self._back(row),
        )  # fmt: skip

    def retire(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Out of force."""
        row = self.row(request, pk)

        def go(**values):
            return actions.retire(row, **values)

        return confirm_page(
            request, go, done=_("%(it)s is retired."), to=self._back(row), form=kept(request, ReasonForm), lead=str(row),
            heading=_("Retire this?"), action_label=_("Retire it"), cancel_url=self._back(row), crumbs=self.crumbs(row),
            template="roles/still_needed.html", still=users.more(row),
            consequences=[_("Nobody finds it any more among what is in force."), _("It stays with its history, and can be brought back.")],
        )  # fmt: skip

    def bring_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """In force again."""
        row = self.row(request, pk)

        def go(**values):
            return actions.bring_back(row, **values)

        return confirm_page(
            request, go, done=_("%(it)s is in force again."), to=self._back(row), lead=str(row), harmless=True, crumbs=self.crumbs(row),
            heading=_("Bring this back?"), action_label=_("Bring it back"), cancel_url=self._back(row),
            consequences=[_("Everybody finds it again."), _("Read it through: what it says may be out of date.")],
        )  # fmt: skip

    # Parts of roles ---------------------------------------------------------------------------------------------------

    def part_row(self, request: HttpRequest, pk: int):
        """A part of an entry that the user may see and change."""
        model = self.part_form._meta.model
        owner = actions.OWNERS[model]
        shown = model.objects.filter(**{f"{owner}__in": visible_to(request.user, self.model)}).select_related(
            owner, "role"
        )
        part = get_object_or_404(shown, pk=pk)
        require(request.user, actions.KEEP)
        return part, getattr(part, owner)

    def part_add(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a role does there."""
        row = self.row(request, pk)

        def save(**values):
            return actions.add_part(row, **values)

        return form_page(
            request, kept(request, self.part_form), save, done=_("Added: %(it)s"), to=self._back(row), lead=str(row),
            heading=_("Add a role"), action_label=_("Add the role"), cancel_url=self._back(row), crumbs=self.crumbs(row),
        )  # fmt: skip

    def part_edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Other words for what a role does there."""
        part, row = self.part_row(request, pk)

        def save(**values):
            return actions.change_part(part, **values)

        return form_page(
            request, kept(request, self.part_form, instance=part), save, done=_("Saved: %(it)s"), to=self._back(row), lead=str(row),
            heading=_("Change a role's part"), cancel_url=self._back(row), crumbs=self.crumbs(row),
        )  # fmt: skip

    def part_remove(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The role has no part in it any more."""
        part, row = self.part_row(request, pk)

        def go(**values):
            return actions.remove_part(part, **values)

        return confirm_page(
            request, go, done=_("Removed. The history keeps it."), to=self._back(row), form=kept(request, ReasonForm), lead=str(part),
            heading=_("Remove this role?"), action_label=_("Remove it"), cancel_url=self._back(row), crumbs=self.crumbs(row),
            consequences=[
                _("%(role)s no longer has a part in %(row)s.") % {"role": part.role, "row": row},
                _("Its wording stays in the history."),
            ],
        )  # fmt: skip

    def urls(self, at: str) -> list:
        """The URLs of these pages under `at`."""
        one = f"{at}<int:pk>/"
        pages = [
            path(f"{at}add/", FORM(self.add), name=f"{self.name}-add"),
            path(f"{one}edit/", FORM(self.edit), name=f"{self.name}-edit"),
            path(f"{one}retire/", FORM(self.retire), name=f"{self.name}-retire"),
            path(f"{one}back/", FORM(self.bring_back), name=f"{self.name}-back"),
        ]
        if self.part_form:
            pages += [
                path(f"{one}parts/add/", FORM(self.part_add), name=f"{self.name}-part-add"),
                path(f"{at}parts/<int:pk>/edit/", FORM(self.part_edit), name=f"{self.name}-part-edit"),
                path(f"{at}parts/<int:pk>/remove/", FORM(self.part_remove), name=f"{self.name}-part-remove"),
            ]
        return pages
