"""Mails: written to the outbox with the change that causes them, sent afterwards, never lost (design §6).

What is to stand in somebody's inbox as well goes through `telling`; a mail alone is for what nobody but its address may see."""

import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from ismsroles.core import outbox
from ismsroles.notices import letters

ABOUT_THIS_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


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


@outbox.handler("mail", outward=True)
def send(payload: dict[str, Any]) -> None:
    """Hand one mail to the mail server, or to the local folder when there is none."""
    with translation.override(letters.language()):
        html = letters.from_text(payload["subject"], payload["text"]).html()
    hand_over(payload["to"], payload["subject"], payload["text"], html, payload["key"])


def send_letter(to: str, letter: letters.Letter, key: str, calendar: str = "") -> None:
    """Put a letter into text and HTML and hand it over, with an entry for the calendar where there is one."""
    hand_over(to, " ".join(letter.subject.split()), letter.text(), letter.html(), key, calendar)


def hand_over(to: str, subject: str, text: str, html: str, key: str, calendar: str = "") -> None:
    """One mail to the server. A server that cannot be talked to at all is said as such: the other mails wait for it too."""
    message = EmailMultiAlternatives(subject, text, to=[to], headers={"Message-ID": f"<{key}@ismsroles>"})
    message.attach_alternative(html, "text/html")
    _add_calendar(message, calendar)
    try:
        message.send()
    except ABOUT_THIS_MAIL:
        raise
    except OSError as error:  # refused, dead, too slow; smtplib's errors of the connection are such
        raise outbox.Unreachable(f"{type(error).__name__}: {error}") from error


def _add_calendar(message: EmailMultiAlternatives, calendar: str) -> None:
    """The entry as a part that calendar programs act on, and as a file for those that do not (RFC 6047)."""
    if not calendar:
        return
    method = next(line.split(":", 1)[1] for line in calendar.splitlines() if line.startswith("METHOD:"))
    message.attach_alternative(calendar, f"text/calendar; method={method}")
    message.attach("invite.ics", calendar.encode(), "application/ics")
