"""The seal on the finished bytes: PAdES, invisible, appended, so that the file before it stays as it was (design §7)."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from ismsroles.records.seal import keys, stamping
from ismsroles.records.seal.sealed import Sealed

DIGEST = "sha256"
SEAL, CLOSING = "Seal", "Closing"


def seal(pdf: bytes) -> Sealed:
    """Append the organisation's seal. With a time-stamp server there are two: one that carries the time stamp, and one that closes
    over it, so that no byte of the stamp can be changed without notice."""
    key, stamper = keys.current(), stamping.server()
    try:
        content = _signed(pdf, key, SEAL, stamper)
        if stamper:
            content = _signed(content, key, CLOSING, None)
    except TimestampRequestError as error:
        raise stamping.NoTimeStamp(
            _("The time-stamp server did not give a time stamp. It is asked again by itself.")
        ) from error
    except SigningError as error:
        raise keys.NoKey(_("The key of the seal did not sign. It is tried again by itself.")) from error
    return Sealed(content, key.fingerprint, key.certificate.dump(), stamper is not None)


def _signed(pdf: bytes, key: keys.Key, name: str, stamper: TimeStamper | None) -> bytes:
    about = PdfSignatureMetadata(
        field_name=name,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        name=key.signer.subject_name,
        reason=_reason(name),
    )
    signer = PdfSigner(about, key.signer, timestamper=stamper)
    # pyHanko starts an event loop, which needs a thread that has none.
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(lambda: signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf))).getvalue()).result()


def _reason(name: str) -> str:
    return "Sealed by the organisation" if name == SEAL else "Closed over the time stamp"
