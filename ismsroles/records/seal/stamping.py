"""A time stamp of somebody else (RFC 3161): that the seal existed at this moment, whatever our clock says."""

import asyncio
import urllib.request
from urllib.error import URLError

from asn1crypto import tsp
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.sign.timestamps import TimeStamper

from ismsroles.core.errors import Refusal

PATIENCE = 20  # seconds
AT_MOST = 100_000  # bytes of an answer


class NoTimeStamp(Refusal):
    """The time-stamp server that the settings name gave no answer; the version waits and it is tried again."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The server that was named, and no other (ASVS 13.2.4)."""

    def redirect_request(self, *args, **kwargs):
        return None


class Server(TimeStamper):
    """The one server that the settings name. Its answers are checked by pyHanko: status, nonce, what was stamped."""

    def __init__(self, url: str):
        super().__init__()
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return await asyncio.to_thread(self._asked, req.dump())

    def _asked(self, question: bytes) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        request = urllib.request.Request(self.url, data=question, headers=headers)  # noqa: S310 (http or https: looked at below)
        opener = urllib.request.build_opener(_NoRedirects)
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return tsp.TimeStampResp.load(answer.read(AT_MOST))
        except (OSError, URLError, ValueError) as error:
            raise NoTimeStamp(_("The time-stamp server gave no answer. It is asked again by itself.")) from error


def server() -> Server | None:
    """The server of the settings; none when none is set."""
    url = settings.SEAL_TIMESTAMP_URL
    if not url:
        return None
    if not url.startswith(("https://", "http://")):
        raise NoTimeStamp(
            _("The address of the time-stamp server begins with https:// or http://. Nothing was sealed.")
        )
    return Server(url)
