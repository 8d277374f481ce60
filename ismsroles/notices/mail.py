"""Mails: written to the outbox with the change that causes them, sent afterwards, never lost (design §6)."""

from typing import Any

from django.core.mail import EmailMessage

from ismsroles.core import outbox


def post(*, to: str, subject: str, text: str, key: str) -> None:
    """Leave a mail in the outbox. `key` makes it one mail, and gives it a Message-ID that stays the same if it is sent twice."""
    outbox.post("mail", {"to": to, "subject": " ".join(subject.split()), "text": text, "key": key}, key=f"mail:{key}")


@outbox.handler("mail")
def send(payload: dict[str, Any]) -> None:
    """Hand one mail to the mail server, or to the local folder when there is none."""
    EmailMessage(
        payload["subject"], payload["text"], to=[payload["to"]], headers={"Message-ID": f"<{payload['key']}@ismsroles>"}
    ).send()
