"""Filters for the templates of printed records: `{% load printed %}`."""

from django import template

from ismsroles.records.pdf import parts

register = template.Library()
register.filter("text", parts.text)
register.filter("day", parts.day)
register.filter("spaced", parts.spaced)
register.filter("utc", parts.utc)


@register.filter
def of(mapping: dict | None, key: object) -> object:
    """What a mapping has under a key; nothing when there is no mapping."""
    return mapping.get(key) if isinstance(mapping, dict) else None
