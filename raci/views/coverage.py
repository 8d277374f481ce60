"""What must have an owner, and the pitfalls that are watched (M6, D7)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ismsroles.core import clock
from ismsroles.core.access import require
from raci.queries import coverage as queries
from raci.queries import pitfalls


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """The guidance's list, each line with its owner or its gap."""
    require(request.user, "raci.coverage.see")
    chapters = queries.chapters(clock.today())
    lines = [line for chapter in chapters for line in chapter.lines]
    context = {
        "chapters": chapters, "pitfalls": pitfalls.pitfalls(clock.today()), "total": len(lines),
        "covered": sum(line.state == "good" for line in lines),
    }  # fmt: skip
    return render(request, "raci/coverage.html", context)
