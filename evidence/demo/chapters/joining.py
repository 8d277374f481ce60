"""Who joined reads and accepts; everybody shows that it is clear; those without a login sign on paper (K3, K5, K6)."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from competence.actions import induction, understanding
from competence.actions.duties import record_signed_list
from competence.models import InductionItem, Round
from competence.queries.duties import duties
from evidence.demo.company import on
from evidence.demo.step import Step
from ismsroles.core import clock
from ismsroles.records.pdf import archive, fonts
from roles.models import Person

LATE = 60
PAPER = '<html lang="en"><title>Signed at the door</title><p>Everybody here signed that they have read their duties.</p></html>'


@cache
def told() -> dict[str, Any]:
    """What happens, in `joining.toml`."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def steps(story) -> Iterator[Step]:
    """Parts of the induction with those who accepted them, one round of questions, one signed list."""
    for part in told()["parts"]:
        yield Step(part["added"], LATE, lambda part=part: _part(story, part))
        for key, day in part.get("accepted", {}).items():
            yield Step(day, LATE + 1, lambda key=key, part=part: _accept(story, key, part["title"]))
    asked = told()["round"]
    yield Step(asked["day"], LATE, lambda: _open(story, asked))
    for key, day in {**asked["right"], **asked["partly"]}.items():
        yield Step(day, LATE + 1, lambda key=key: _answer(story, key, wrong=2 if key in asked["partly"] else 0))
    yield Step(told()["list"]["day"], LATE + 1, lambda: _list(story, told()["list"]["people"]))


def _part(story, part: dict[str, Any]) -> None:
    induction.add_item(
        actor=story.ism(), title=part["title"], text=part["text"], role=story.roles.get(part.get("role", "")),
        starts_on=on(part["from"], story.today), days=14,
    )  # fmt: skip


def _accept(story, key: str, title: str) -> None:
    item = InductionItem.objects.get(title=title)
    induction.accept(item, actor=story.login(key), seen=item.wording)


def _open(story, asked: dict[str, Any]) -> None:
    understanding.open_round(
        actor=story.ism(), title=asked["title"], starts_on=clock.today(), due_on=on(asked["due"], story.today)
    )


def _answer(story, key: str, *, wrong: int) -> None:
    one = Round.objects.get()
    sheet = understanding.begin(one, actor=story.login(key), seed=7)
    given = [question["right"] for question in sheet.questions]
    for number in range(wrong):
        given[number] = next(option for option in sheet.questions[number]["options"] if option != given[number])
    understanding.answer(one, str(sheet.pk), given, actor=story.login(key))


def signed_paper() -> bytes:
    """What a scanner would have made of the list at the door."""
    return archive.render(PAPER, f"html {{ font-family: {fonts.STACKS['sans']} }}", frozen=clock.now().isoformat())


def _list(story, keys: list[str]) -> None:
    """Suppliers and contractors signed at the door."""
    paper = signed_paper()
    people = list(Person.objects.filter(pk__in=[story.people[key].pk for key in keys]))
    for one in duties():
        record_signed_list(
            one.role, people, actor=story.ism(), seen=one.wording, signed_on=clock.today(),
            file=ContentFile(paper, name="signed-duties.pdf"),
        )  # fmt: skip
