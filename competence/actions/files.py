"""Keeping a file of evidence: checked by its content, under a random name."""

from typing import Any

from django.core.files.base import ContentFile

from competence.models import KeptFile
from ismsroles.core import attachments, clock
from roles.models import Person


def keep(upload: Any, person: Person, purpose: str, actor) -> KeptFile:
    """Keep an upload as evidence about a person; raises Invalid with what is wrong with it."""
    checked = attachments.check(upload.read(attachments.BYTES + 1), upload.name)
    row = KeptFile(
        person=person, purpose=purpose, name=checked.name, media_type=checked.media_type, size=checked.size,
        sha256=checked.sha256, kept_by=actor, kept_at=clock.now(),
    )  # fmt: skip
    row.file.save("evidence", ContentFile(checked.content), save=False)
    row.save(force_insert=True)
    return row
