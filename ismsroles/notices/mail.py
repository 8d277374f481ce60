"""Mails: written to the outbox with the change that causes them, sent afterwards, never lost (design §6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage

from ismsroles.core import outbox


@dataclass(frozen=True)
class Mail:
    """One mail to one address. `key` makes it one mail, and gives it a Message-ID that stays the same if it is sent twice."""

    to: str
    subject: str
    text: str
    key: str

    @property
    def payload(self) -> dict[str, str]:
        return {"to": self.to, "subject": " ".join(self.subject.split()), "text": self.text, "key": self.key}


def post(*, to: str, subject: str, text: str, key: str) -> None:
    """Leave a mail in the outbox."""
    post_many([Mail(to, subject, text, key)])


def post_many(mails: Iterable[Mail]) -> None:
    """Leave many mails in the outbox, in one query."""
    outbox.post_many("mail", {f"mail:{each.key}": each.payload for each in mails})


@outbox.handler("mail")
def send(payload: dict[str, Any]) -> None:
    """Hand one mail to the mail server, or to the local folder when there is none."""
    EmailMessage(
        payload["subject"], payload["text"], to=[payload["to"]], headers={"Message-ID": f"<{payload['key']}@ismsroles>"}
    ).send()
