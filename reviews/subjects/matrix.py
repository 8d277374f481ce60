"""The published matrix as one reviewable thing, from its first publication on (V1; M1)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci.models import Publication
from raci.queries.published import published_rows
from reviews.reviewable import Kind, Line, register
from roles.models import Role


def _matrix(day: date) -> QuerySet[Publication]:
    first = Publication.objects.aggregate(pk=Min("pk"))["pk"]
    return Publication.objects.filter(pk=first).annotate(since=F("published_at"))


def matrix_lines(row: Publication, day: date) -> Iterator[Line]:
    """Each activity in force with every role that has a part in it."""
    titles = dict(Role.objects.order_by().values_list("pk", "title"))
    for one in published_rows().values():
        said = sorted((letters, titles.get(role, "")) for role, letters in one.letters.items())
        text = f"{one.title}: " + ", ".join(f"{letters} {title}" for letters, title in said)
        yield Line(f"activity-{one.activity}", one.group_name, text, change_url=reverse("matrix"))


MATRIX = register(
    Kind(
        "matrix",
        gettext_lazy("Matrix"),
        gettext_lazy("matrix of activities and roles"),
        _matrix,
        matrix_lines,
        named=lambda row: _("Matrix of activities and roles"),
        url=lambda row: reverse("matrix"),
        label_of="raci.publication",
    )
)
