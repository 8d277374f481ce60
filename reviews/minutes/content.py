"""What of a meeting is frozen into its minutes: the canonical JSON that is printed, signed and attached (T3; design §7)."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.core.models import Organisation
from ismsroles.core.shown import canonical
from reviews.models import AgendaItem, Attendance, Decision, ManagersReport, Meeting, TeamAction
from reviews.queries import meetings as queries
from reviews.queries.team import Team, team

SCHEMA = "mrt-minutes/1"


def build(meeting: Meeting, *, prepared_by: str) -> bytes:
    """The minutes of this meeting as plain values: all that is printed is in here, and nothing else."""
    found, attended = team(meeting.day), queries.attendance_of(meeting)
    begin, end = (at.astimezone(clock.zone()) for at in (meeting.starts_at, meeting.ends_at))
    counted, chair = queries.quorum_of(found, attended), queries.chaired(found, attended)
    follows = queries.next_planned(meeting.day)
    return canonical(
        {
            "schema": SCHEMA, "organisation": _organisation(), "number": meeting.number, "team": found.charter.role.title,
            "day": meeting.day.isoformat(), "hours": f"{begin:%H:%M}–{end:%H:%M}", "zone": str(clock.zone()), "place": meeting.place,
            "chair": chair.name if chair else "", "prepared_by": prepared_by,
            "quorum": {"met": counted.is_met, "sentence": queries.in_words(counted), "represented": counted.represented,
                       "areas": counted.areas, "needed": counted.needed, "percent": counted.rules.percent},
            "present": [_place(one, found) for one in attended],
            "guests": [line.strip() for line in meeting.guests.splitlines() if line.strip()],
            "report": _report(meeting), "items": _items(meeting),
            "actions": [_action(one) for one in TeamAction.objects.filter(meeting=meeting).select_related("owner").order_by("pk")],
            "carried": [_action(one) for one in queries.carried_to(meeting)],
            "next": follows.day.isoformat() if follows else None,
            "frozen_at": clock.now().astimezone(clock.UTC).isoformat(timespec="seconds"),
        }
    )  # fmt: skip


def _organisation() -> dict[str, str]:
    found = Organisation.current()
    return {
        "name": found.name, "legal_name": found.legal_name or found.name, "accent": found.accent, "classification": found.classification,
        "language": (get_language() or "en").split("-")[0],
    }  # fmt: skip


def _place(one: Attendance, found: Team) -> dict[str, Any]:
    came = one.person.name if one.person else ""
    return {
        "area": str(one.seat.area or ""), "member": one.seat.person.name, "came": came, "deputy": one.is_deputy,
        "senior": one.person_id in found.seniors, "chair": one.person_id is not None and one.person_id in found.chairs,
    }  # fmt: skip


def _report(meeting: Meeting) -> list[dict[str, str]]:
    report = ManagersReport.objects.filter(meeting=meeting).first()
    return [{"part": label, "text": text} for label, text in report.lines] if report else []


def _items(meeting: Meeting) -> list[dict[str, Any]]:
    """The agenda, and at its end what was decided under none of its items."""
    rows = [_item(item, number) for number, item in enumerate(queries.items_of(meeting), 1)]
    if loose := [one.text for one in Decision.objects.filter(meeting=meeting, item=None)]:
        rows.append(
            {"number": len(rows) + 1, "key": "", "clause": "", "title": _("Further decisions"), "note": "", "figures": [],
             "decisions": loose, "actions": []}
        )  # fmt: skip
    return rows


def _item(item: AgendaItem, number: int) -> dict[str, Any]:
    return {
        "number": number, "key": item.key, "clause": item.clause, "title": item.title, "note": item.note,
        "figures": [{"label": row["label"], "value": row["value"]} for row in item.figures],
        "decisions": [one.text for one in item.decisions.all()], "actions": [one.number for one in item.actions.all()],
    }  # fmt: skip


def _action(one: TeamAction) -> dict[str, Any]:
    return {
        "number": one.number, "text": one.text, "owner": one.owner.name, "due": one.due_on.isoformat(), "state": one.state,
        "state_words": str(one.get_state_display()), "result": one.result,
    }  # fmt: skip
