"""One activity as its page shows it, and its past."""

from typing import Any

from django.db.models import QuerySet

from ismsroles.core.models import AuditEvent
from raci.checks import Fault
from raci.differences import as_rows, differences
from raci.findings.matrix import faults_of
from raci.models import Activity
from raci.queries.picture import ColumnOfRole, Picture, picture
from raci.queries.published import published_rows
from roles.models import DutyTag


def page_of_activity(activity: Activity, drafts: bool) -> dict[str, Any]:
    """Who does what, as drafted or (for those who do not see drafts) as published; what is wrong and what is new."""
    drafted, published = picture(), published_rows()
    was = published.get(activity.pk)
    shown = drafted.cells.get(activity.pk, {}) if drafts else was.letters if was else {}
    found: list[Fault] = [fault for fault in faults_of(drafted.day) if fault.activity == activity.pk] if drafts else []
    new = [each for each in differences(drafted, published) if each.activity == activity.pk] if drafts else []
    marked = DutyTag.objects.filter(key__in=activity.duties) if activity.duties else []
    return {
        "cells": in_order(drafted, shown), "found": found, "new": as_rows(new) if was else [], "published": was,
        "duties": [tag.name for tag in marked],
    }  # fmt: skip


def in_order(drafted: Picture, letters: dict[int, str]) -> list[tuple[ColumnOfRole, str]]:
    """Roles with their letters: who answers and who does it first."""
    rows = [(drafted.columns[role], text) for role, text in letters.items() if role in drafted.columns]
    place = {letter: number for number, letter in enumerate("ARSCI")}
    return sorted(rows, key=lambda row: (min(place[letter] for letter in row[1]), row[0].title))


def of_activity(activity: Activity) -> QuerySet[AuditEvent]:
    """What was done to an activity and to its letters, newest first."""
    return AuditEvent.objects.filter(subject_type="raci.activity", subject_id=str(activity.pk)).order_by("-pk")
