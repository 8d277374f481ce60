"""The least that a page of the product could cost: its middleware, one SQL query with a bare cursor, an empty answer."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.html import escape

from bench import matrix_floor
from competence.views.matrix import matrix as competence_matrix
from ismsroles.core import unchanged

ONE_QUERY = "SELECT id, name, email, job_title FROM roles_person ORDER BY name_key LIMIT 50"


def floor(request: HttpRequest) -> HttpResponse:
    """The rows of one page, read without the ORM and not shown."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_QUERY)
        cursor.fetchall()
    return HttpResponse()


def joined(request: HttpRequest) -> HttpResponse:
    """A table of people and skills that judges nothing, and no page around it: what is in the tables, one dictionary, one join."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, skill_id, level FROM competence_assessment")
        shown = {(person, skill): level for person, skill, level in cursor.fetchall()}
        cursor.execute("SELECT id, name FROM roles_person ORDER BY name_key")
        people = [(pk, escape(name)) for pk, name in cursor.fetchall()]
        cursor.execute("SELECT id FROM competence_skill ORDER BY name")
        skills = [pk for (pk,) in cursor.fetchall()]
    cells = {level: f'<td class="met">{level}</td>' for level in range(5)} | {None: "<td></td>"}
    rows = [
        f"<tr><th>{name}</th>{''.join([cells[shown.get((person, skill))] for skill in skills])}</tr>"
        for person, name in people
    ]
    return HttpResponse("".join(rows))


def competence_anew(request: HttpRequest) -> HttpResponse:
    """The page of people and skills when nothing of it is kept."""
    unchanged.forget()
    return competence_matrix(request)


class Counted:
    """Counts the SQL queries of a request that asks for it; the others are not slowed by it."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "X-Count" not in request.headers:
            return self.answer(request)
        seen: list[str] = []

        def count(execute, sql, params, many, context):
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = self.answer(request)
        response["X-Queries"] = str(len(seen))
        return response


urlpatterns = [
    path("bench/floor/", floor),
    path("bench/joined/", joined),
    path("bench/competence/anew/", competence_anew),
    *matrix_floor.urlpatterns,
    path("", include("ismsroles.urls")),
]
