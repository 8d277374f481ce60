"""What a person was shown when they decided (design rule 2).

A decision form carries what it showed, sealed for that person and that thing: it proves that they opened it, and lets the
page say exactly what has changed when the thing is no longer the same."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.db import models
from django.utils.translation import gettext as _

from ismsroles.core.errors import Stale

_SALT, _FORM_SALT = "ismsroles.shown", "ismsroles.form"


def canonical(content: Any) -> bytes:
    """One way to write it: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(content: Any) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(content)).hexdigest()


def seal(content: Mapping[str, str], *, user_id: int, subject: str) -> str:
    """A token that says: this user was shown this content of this subject."""
    return signing.dumps({"user": user_id, "subject": subject, "shown": dict(content)}, salt=_SALT, compress=True)


def unseal(token: str, *, user_id: int, subject: str) -> dict[str, str]:
    """What the user was shown; raises Stale when the token is not theirs, not of this subject, or missing."""
    try:
        kept = signing.loads(token, salt=_SALT, max_age=12 * 60 * 60)
    except signing.BadSignature:
        kept = {}
    if kept.get("user") != user_id or kept.get("subject") != subject:
        raise Stale(_("Open this first and read it, then decide. Nothing was done."))
    return kept["shown"]


def state_of(instance: models.Model) -> str:
    """A token that says how a row was when a form for it was shown."""
    return signing.dumps(_values(instance), salt=_FORM_SALT, compress=True)


def refuse_if_changed(instance: models.Model, token: str) -> None:
    """Raises Stale, with what is different, when the row is no longer as the form showed it. An empty token asks for nothing:
    imports and commands read and write in one transaction."""
    if not token:
        return
    try:
        before = signing.loads(token, salt=_FORM_SALT)
    except signing.BadSignature:
        raise Stale(_("This form is not one that was shown here. Open the page again; nothing was changed.")) from None
    if rows := differences(before, _values(instance)):
        raise Stale(_("Somebody changed this while you were writing. Nothing of yours was saved yet."), rows)


def _values(instance: models.Model) -> dict[str, str]:
    """Label → text of every column a person can write."""
    columns = [field for field in instance._meta.concrete_fields if not field.primary_key]
    return {str(field.verbose_name): _text(field.value_from_object(instance)) for field in columns}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(label, was, now) for each entry that is not the same."""
    labels = list(dict.fromkeys([*before, *after]))
    rows = [(label, before.get(label, ""), after.get(label, "")) for label in labels]
    return [row for row in rows if row[1] != row[2]]
