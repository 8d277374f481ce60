"""The mails of messages: what needs somebody today at once, the rest in one digest a day (K2; security case 23)."""

import hashlib
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ismsroles.core import access, clock, outbox
from ismsroles.notices import letters, mail
from ismsroles.notices.kinds import DIGEST, NOW
from ismsroles.notices.models import Digest, Message

AT_ONCE_A_DAY = 12  # mails that one address gets at once within a day; what comes above waits for the digest (case 23)
SHOWN = 40  # things written out in a digest; more are counted, and stand in the inbox


@outbox.handler("notices.message", outward=True)
def send_message(payload: dict[str, Any]) -> None:
    """Mail one message. A second run finds it mailed."""
    message = Message.objects.select_related("user").get(key=payload["key"])
    if message.mailed_at is not None or message.when != NOW:
        return
    if (
        not message.calendar and _mailed_lately(message.address) >= AT_ONCE_A_DAY
    ):  # a calendar has to hear of each change
        Message.objects.filter(pk=message.pk).update(when=DIGEST)
        return
    with translation.override(letters.language()):
        letter, key = letter_of(message), f"notice-{_short(message.key)}"
        mail.send_letter(message.address, letter, key, message.calendar)
    Message.objects.filter(pk=message.pk).update(mailed_at=clock.now())


@outbox.handler("notices.digest", outward=True)
def send_digest(payload: dict[str, Any]) -> None:
    """Mail one digest. A second run finds it sent; who may no longer come in gets none."""
    digest = Digest.objects.get(pk=payload["digest"])
    if digest.sent_at is not None:
        return
    rows = [row for row in digest.messages.select_related("user").order_by("created_at", "pk") if _still_here(row)]
    if rows:
        with translation.override(letters.language()):
            mail.send_letter(digest.address, digest_of(rows), f"digest-{digest.pk}-{digest.day.isoformat()}")
        digest.messages.update(mailed_at=clock.now())
    Digest.objects.filter(pk=digest.pk).update(sent_at=clock.now())


def _mailed_lately(address: str) -> int:
    since = clock.now() - clock.DAY
    return Message.objects.filter(address=address, when=NOW, mailed_at__gt=since).order_by().count()


def _still_here(message: Message) -> bool:
    return message.user is None or access.may_enter(message.user)


def _short(key: str) -> str:
    """A Message-ID names nobody."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def letter_of(message: Message) -> letters.Letter:
    """One message as a mail of its own."""
    return letters.Letter(message.subject, [_part(message)], greeting=_greeting(message), footer=_footer())


def digest_of(rows: list[Message]) -> letters.Letter:
    """Everything of a day in one mail, oldest first."""
    words = ngettext(
        "%(n)s thing is new in the register of roles", "%(n)s things are new in the register of roles", len(rows)
    )
    subject = rows[0].subject if len(rows) == 1 else words % {"n": len(rows)}
    parts = [_part(row, heading=len(rows) > 1) for row in rows[:SHOWN]]
    return letters.Letter(subject, parts, greeting=_greeting(rows[0]), footer=_footer(), more=_more(len(rows) - SHOWN))


def _more(number: int) -> letters.Part | None:
    if number <= 0:
        return None
    words = ngettext("%(n)s more message is in your inbox.", "%(n)s more messages are in your inbox.", number)
    return letters.Part([words % {"n": number}], link=address(reverse("inbox")), action=_("Open the inbox"))


def _part(message: Message, *, heading: bool = False) -> letters.Part:
    link = address(message.url) if message.url else ""
    action = message.action or _("Open the page")
    return letters.Part(message.paragraphs, message.subject if heading else "", message.lines, link, action)


def _greeting(message: Message) -> str:
    return _("Hello %(name)s,") % {"name": message.name or message.address}


def _footer() -> list[str]:
    return [
        _("Opening a link in this mail changes nothing. What is to be decided is decided on the page, by a button."),
        _("When mails come, and which: %(link)s") % {"link": address(reverse("message-preferences"))},
    ]


def address(path: str) -> str:
    """The address of a page, as a mail carries it."""
    return settings.BASE_URL.rstrip("/") + path
