"""Lists that people upload: read at once, waiting as cells until somebody says go, taken in only as they were shown (rule 2).

One way for every list (people, assets, a matrix, competence, training): security case 19.
    PEOPLE = Intake("roles.people.import", ImportFile, preview, write, KIND_LABELS)
    PEOPLE.keep(table, filename, actor=user); PEOPLE.seen(file, plan, actor=user); PEOPLE.take(file, token=…, actor=user)
"""

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from ismsroles.core import clock, shown
from ismsroles.core.access import require
from ismsroles.core.errors import Invalid, Stale, WrongState
from ismsroles.core.tabular import Fault, Row, Sheet, Table

KEPT = timedelta(hours=24)


class WaitingLists(models.QuerySet):
    """Questions about uploaded lists."""

    def of(self, user) -> "WaitingLists":
        """An uploaded list is for whoever uploaded it, for a day."""
        return self.filter(uploaded_by=user, created_at__gt=clock.now() - KEPT)

    def stale(self) -> "WaitingLists":
        """Forgotten by whoever uploaded them."""
        return self.filter(created_at__lte=clock.now() - KEPT)


class WaitingList(models.Model):
    """The cells of an uploaded list; gone after the import, or after a day.

    The upload itself is not kept: only the text that was read from it."""

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    rows = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    objects = WaitingLists.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    def hold(self, found: Table | Sheet) -> None:
        """Keep the cells of a table (with its headings) or of a sheet (line by line)."""
        lines = found.rows if isinstance(found, Table) else found.lines
        rows = [[row.number, row.cells, [[fault.column, fault.sentence] for fault in row.faults]] for row in lines]
        kept = {"headers": getattr(found, "headers", None), "rows": rows, "notes": [str(note) for note in found.notes]}
        self.content = zlib.compress(json.dumps(kept, ensure_ascii=False).encode("utf-8", errors="replace"))
        self.rows = len(rows)

    @property
    def table(self) -> Table:
        """The table as it was read."""
        return Table(*self._held())

    @property
    def sheet(self) -> Sheet:
        """The cells as they were read, line by line."""
        return Sheet(*self._held()[1:])

    def _held(self) -> tuple[list[str], list[Row], list[str]]:
        kept = json.loads(zlib.decompress(bytes(self.content)))
        rows = [Row(number, cells, tuple(Fault(*fault) for fault in faults)) for number, cells, faults in kept["rows"]]
        return kept.get("headers"), rows, kept["notes"]


@dataclass(frozen=True)
class Intake:
    """How one kind of list comes in: who may, what it would do, what does it, and what the kinds of rows are called."""

    verb: str
    model: type[WaitingList]
    preview: Callable[..., Any]  # (waiting, lock=False) → a plan with `fingerprint` and `counts`; raises Invalid
    write: Callable[..., Any]  # (plan, actor=, source=, …) → what was done, as `sentence`
    words: Mapping[str, Any]

    @transaction.atomic
    def keep(self, found: Table | Sheet, filename: str, *, actor, **answers: Any) -> Any:
        """What was read from an upload waits, with what is known about it."""
        require(actor, self.verb)
        self.model.objects.stale().delete()
        waiting = self.model(uploaded_by=actor, name=filename[-200:], **answers)
        waiting.hold(found)
        waiting.save()
        return waiting

    def correct(self, waiting: WaitingList, *, actor, **answers: Any) -> bool:
        """Keep corrected answers; whether anything differs."""
        require(actor, self.verb)
        if all(getattr(waiting, name) == answer for name, answer in answers.items()):
            return False
        for name, answer in answers.items():
            setattr(waiting, name, answer)
        waiting.save(update_fields=list(answers))
        return True

    def planned(self, waiting: WaitingList) -> tuple[Any, str]:
        """What taking this list in would do now, or else why that can't be said."""
        try:
            return self.preview(waiting), ""
        except Invalid as invalid:
            return None, invalid.message

    def seen(self, waiting: WaitingList, plan: Any, *, actor) -> str:
        """A token that says what this person was shown (rule 2)."""
        counts = {kind: str(count) for kind, count in plan.counts.items()}
        return shown.seal({"plan": plan.fingerprint, **counts}, user_id=actor.pk, subject=self._subject(waiting))

    @transaction.atomic
    def take(self, waiting: WaitingList, *, token: str, actor, **more: Any) -> Any:
        """Take in what the token says was shown; anything else is refused as a whole (Stale). Twice has the effect of once."""
        require(actor, self.verb)
        locked = self.model.objects.select_for_update().filter(pk=waiting.pk).first()
        if locked is None:
            raise WrongState(_("This list was imported already, or thrown away. Nothing was done."))
        content = shown.unseal(token, user_id=actor.pk, subject=self._subject(locked))
        plan = self.preview(locked, lock=True)
        if plan.fingerprint != content["plan"]:
            raise Stale(changed(), self._differences(content, plan))
        result = self.write(plan, actor=actor, source=locked.name, **more)
        locked.delete()
        return result

    def throw_away(self, waiting: WaitingList, *, actor) -> None:
        """Forget the list; nothing was changed by it."""
        require(actor, self.verb)
        waiting.delete()

    def _subject(self, waiting: WaitingList) -> str:
        return f"{self.verb} {waiting.pk}"

    def _differences(self, content: Mapping[str, str], plan: Any) -> list[tuple[str, str, str]]:
        """How many of each kind were shown, and how many there are now."""
        before = {str(label): content.get(kind, "0") for kind, label in self.words.items()}
        now = {str(label): str(plan.counts.get(kind, 0)) for kind, label in self.words.items()}
        return shown.differences(before, now)


def changed() -> str:
    """What is said when what was shown is not what would be done."""
    return _("The register changed while you were reading. Nothing was imported. Look at the rows again.")


def forget_stale() -> int:
    """Forget every list, of whatever kind, that waited for more than a day: personal data without a purpose."""
    kinds = [model for model in apps.get_models() if issubclass(model, WaitingList)]
    return sum(kind.objects.stale().delete()[0] for kind in kinds)
