"""The parts that pages are put together from, as template tags. The looks are in static/css."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ismsroles.core import answers, marks
from ismsroles.core import panels as added
from ismsroles.core.marks import icon, written

register = template.Library()

SEVERITY_ICONS = {
    "stop": "octagon-alert",
    "warn": "triangle-alert",
    "note": "info",
    "new": "info",
    "good": "circle-check",
}
MESSAGE_KINDS = {"success": "good", "error": "stop", "warning": "warn"}


# Small marks ---------------------------------------------------------------------------------------------------------
for mark in (marks.icon, marks.badge, marks.sign, marks.vacant, marks.dash, marks.person, marks.day, marks.moment):
    register.simple_tag(mark)


@register.simple_tag
def severity_icon(severity: str) -> SafeString:
    """The icon that goes with stop, warn, note or good."""
    return icon(SEVERITY_ICONS.get(severity, "info"))


@register.filter
def tone(severity: str) -> str:
    """The colour class for a severity: a note looks like something new."""
    return "new" if severity == "note" else severity


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, subject: Any) -> SafeString:
    """`{% panels "role" role %}`: what other apps add to this page."""
    request = context.get("request")
    parts = added.drawn(place, request, subject) if request else []
    return SafeString("".join(parts))  # each part is a drawn template


# Lists ---------------------------------------------------------------------------------------------------------------
def _query(context: Context, **changes: Any) -> str:
    """The present query string with some answers changed; None takes one away."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return "?"
    for key, value in changes.items():
        query.pop(key, None) if value is None else query.__setitem__(key, str(value))
    return "?" + query.urlencode()


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page_obj: Page, name: str = "page") -> dict[str, Any]:
    """`{% pager page_obj %}`: which rows these are, and the way to the others. Filters stay."""
    around = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {
        "page": page_obj,
        "pages": [(number, isinstance(number, int) and _query(context, **{name: number})) for number in around],
        "previous": page_obj.has_previous() and _query(context, **{name: page_obj.number - 1}),
        "next": page_obj.has_next() and _query(context, **{name: page_obj.number + 1}),
    }


@register.simple_tag(takes_context=True)
def sort_link(context: Context, field: str, label: Any, default: bool = False, name: str = "sort") -> SafeString:
    """A whole heading cell that sorts: `{% sort_link "name" "Role" %}` sends ?sort=name, then ?sort=-name."""
    request = context.get("request")
    now = (request.GET.get(name) if request else "") or (field if default else "")
    state = {field: "ascending", f"-{field}": "descending"}.get(now, "")
    link = _query(context, **{name: f"-{field}" if state == "ascending" else field, "page": None})
    arrow = {"ascending": "chevron-up", "descending": "chevron-down"}.get(state)
    return format_html(
        '<th role="columnheader" scope="col"{}><a href="{}">{}{}</a></th>',
        format_html(' aria-sort="{}"', state) if state else "",
        link,
        label,
        icon(arrow) if arrow else "",
    )


@register.simple_block_tag(end_name="endempty")
def empty(content: str, icon: str, title: Any, text: Any = "") -> SafeString:
    """Why it is empty, what fills it, a button: `{% empty "users" "No people yet" "Import …" %}<a …>{% endempty %}`"""
    buttons = format_html('<div class="actions">{}</div>', content) if content.strip() else ""
    words = format_html("<p>{}</p>", text) if text else ""
    return format_html('<div class="empty">{}<h2>{}</h2>{}{}</div>', marks.icon(icon), title, words, buttons)


@register.simple_block_tag(end_name="endfilled")
def filled(content: str, shape: str) -> SafeString:
    """A part of the page head, left out when the page puts nothing into its block."""
    if not content.strip():
        return SafeString("")
    if shape == "crumbs":
        return format_html('<nav class="crumbs" aria-label="{}"><ol>{}</ol></nav>', _("Where you are"), content)
    if shape == "next":
        return format_html(
            '<section class="next" aria-label="{}">{}{}</section>', _("Next step"), icon("arrow-right"), content
        )
    if shape == "lead":
        return format_html('<p class="lead">{}</p>', content)
    return format_html('<div class="actions">{}</div>', content)


@register.inclusion_tag("ui/changes.html")
def changes(rows: Any, was: str = "", now: str = "") -> dict[str, Any]:
    """`{% changes rows was="Now" now="If you approve" %}` from (label, was, now) rows."""
    lines = [(label, written(old), written(new)) for label, old, new in rows or ()]
    return {"rows": lines, "was": was or _("Was"), "now": now or _("Is now")}


@register.inclusion_tag("ui/findings.html")
def findings(found: Any, ranked: bool = False, grouped: bool = False, level: int = 3) -> dict[str, Any]:
    """What is wrong, since when, where to mend it: things with severity, sentence, detail, url, action (and age)."""
    rows = list(found or ())
    names = {"stop": _("Must fix"), "warn": _("Should fix"), "note": _("Good to know"), "good": _("In order")}
    kinds = [(kind, word, [row for row in rows if _severity(row) == kind]) for kind, word in names.items()]
    groups = [group for group in kinds if group[2]] if grouped else [("", "", rows)]
    return {"groups": groups, "names": names, "ranked": ranked, "level": level}


def _severity(row: Any) -> str:
    return row.get("severity", "") if isinstance(row, dict) else getattr(row, "severity", "")


@register.inclusion_tag("ui/steps.html")
def steps(rows: Any) -> dict[str, Any]:
    """`{% steps rows %}` from (state, label, fact): what is done, what is now, what is to come; state is done, now or todo."""
    icons = {"done": "circle-check", "now": "circle-dot", "stop": "circle-x"}
    words = {"done": _("Done:"), "now": _("Now:"), "stop": _("Stopped:")}
    return {
        "rows": [
            (state, icons.get(state, "circle"), words.get(state, _("To do:")), label, written(fact))
            for state, label, fact in rows
        ]
    }


@register.filter
def lookup(mapping: dict[Any, Any], key: Any) -> Any:
    """A value from a dictionary by a key that is itself a variable."""
    return mapping.get(key, "")


@register.filter
def message_kind(tags: str) -> str:
    """The banner for a Django message."""
    return next((kind for level, kind in MESSAGE_KINDS.items() if level in tags.split()), "new")


# Forms ---------------------------------------------------------------------------------------------------------------
@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, label: Any = "", hint: Any = None, mark: bool = True, **extra: Any) -> dict[str, Any]:
    """`{% field form.name hint="…" mark=False rows=3 %}`: other words become attributes."""
    shape = "hidden" if bound.is_hidden else answers.shape_of(bound)
    words = bound.help_text if hint is None else hint
    return {
        "field": bound,
        "shape": shape,
        "error": answers.error_words(bound) if bound.errors else "",
        "label": label or bound.label,
        "hint": words,
        "needed": mark and bound.field.required,
        "control": "" if shape == "choices" else answers.control(bound, shape, words, extra),
        "options": answers.options(bound) if shape == "choices" else [],
    }


@register.inclusion_tag("ui/form_errors.html")
def form_errors(*forms: Any, **labels: Any) -> dict[str, Any]:
    """The banner on top of a form that was not accepted: how many answers, that nothing was saved, a link to each."""
    bound = [form for form in forms if form is not None]
    fields = [one for form in bound for one in form if one.errors]
    wrong = [(one, labels.get(one.name, one.label), answers.error_words(one)) for one in fields if not one.is_hidden]
    general = [error for form in bound for error in form.non_field_errors()]
    general += [error for one in fields if one.is_hidden for error in one.errors]
    again = any(answers.is_never_sent_back(one) for form in bound for one in form)
    return {"wrong": wrong, "general": general, "count": len(wrong) + len(general), "again": again}
