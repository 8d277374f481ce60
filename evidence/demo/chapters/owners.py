"""What the demo organisation has and who answers for it: owners, a service without one, risks and acceptances (M4, M5, K1)."""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any

from evidence.demo.company import on
from evidence.demo.step import Step
from ismsroles.core import clock
from raci.actions import links, owners, risks
from raci.models import Asset


@cache
def told() -> dict[str, Any]:
    """What there is, by day."""
    return tomllib.loads(resources.files(__package__).joinpath("owners.toml").read_text(encoding="utf-8"))


def steps(story) -> Iterator[Step]:
    """Written down long ago; one goes out of use; two cloud services turn up; a link is made for the intranet."""
    days = told()["days"]
    yield Step(days["added"], 9, lambda: _assets(story, told()["assets"]))
    yield Step(days["added"] + 1, 9, lambda: _risks(story))
    yield Step(days["grown"], 9, lambda: _assets(story, told()["grown"]))
    for row in told()["assets"]:
        if "retired" in row:
            yield Step(row["retired"], 9, lambda row=row: _retire(story, row["name"]))
    for row in told()["risks"]:
        if "accepted" in row:
            day = max(row["accepted"]["days"][0], days["added"] + 2)
            yield Step(day, 9, lambda row=row: _accept(story, row))
    yield Step(days["published_link"], 9, lambda: _link(story))


def _owner(story, row: dict[str, Any]) -> dict[str, Any]:
    return {"owner_role": story.roles.get(row.get("role", "")), "owner_person": story.people.get(row.get("person", ""))}


def _assets(story, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        plain = {
            name: row[name] for name in ("name", "kind", "classification", "external_id", "link", "note") if name in row
        }
        owners.add_asset(
            actor=story.ism(), area=story.areas.get(row.get("area", "")), custodian_role=story.roles.get(row.get("custodian", "")),
            custodian_person=story.people.get(row.get("custodian_person", "")), **_owner(story, row), **plain,
        )  # fmt: skip


def _retire(story, name: str) -> None:
    owners.retire_asset(Asset.objects.get(name=name), actor=story.ism(), reason="Switched off; its tickets moved.")


def _risks(story) -> None:
    story.risks = {}
    for row in told()["risks"]:
        plain = {name: row[name] for name in ("reference", "title", "level", "link") if name in row}
        story.risks[row["reference"]] = risks.add_risk(actor=story.ism(), **plain, **_owner(story, row))


def _accept(story, row: dict[str, Any]) -> None:
    given = row["accepted"]
    first, last = (on(day, story.today) for day in given["days"])
    risks.record_acceptance(
        story.risks[row["reference"]], actor=story.ism(), person=story.people[given["person"]], accepted_on=first, until=last,
        level=given["level"], evidence=given["evidence"],
    )  # fmt: skip


def _link(story) -> None:
    links.make_link(
        actor=story.ism(), purpose="Start page of the intranet", ends_on=clock.today() + timedelta(days=180)
    )
