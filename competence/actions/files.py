"""Keeping a file of evidence: checked by its content, under a random name."""

from typing import Any

from django.core.files.base import ContentFile

from competence.models import KeptFile
from competence.models.files import Paper
from ismsroles.core import attachments, clock
from roles.models import Person


def keep(upload: Any, person: Person, purpose: str, actor) -> KeptFile:
    """Keep an upload as evidence about a person; raises Invalid with what is wrong with it."""
    return keep_paper(KeptFile(person=person, purpose=purpose), upload, actor)


def keep_paper(row: Paper, upload: Any, actor) -> Any:
    """Keep an upload in this row, as it was checked; raises Invalid with what is wrong with it."""
    checked = attachments.check(upload.read(attachments.BYTES + 1), upload.name)
    row.name, row.media_type, row.size, row.sha256 = checked.name, checked.media_type, checked.size, checked.sha256
    row.kept_by, row.kept_at = actor, clock.now()
    row.file.save("evidence", ContentFile(checked.content), save=False)
    row.save(force_insert=True)
    return row
