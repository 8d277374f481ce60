"""Is this file exactly what the holder of a key sealed? Asked of the file and the key's fingerprint alone: no register, no network.

The last signature of the file covers every byte but its own place. What stands in that place must be, byte for byte, what the key's holder
would have written: the signature with its certificate, and noughts behind it. So a changed byte anywhere is noticed, padding included."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from asn1crypto import cms, x509
from asn1crypto.core import Asn1Value
from cryptography import x509 as certificates
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.sign.signers import ExternalSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

_PLACE = re.compile(rb"/ByteRange \[0 (\d{1,12}) (\d{1,12}) (\d{1,12})\s*\]")
_NO_HEX = re.compile(rb"[^0-9a-fA-F]")
_NAMED = b"0420"  # so many bytes follow: how a fingerprint is written inside the seal
_ONLY_HEX = re.compile(r"[^0-9a-f]")


@dataclass(frozen=True)
class Seal:
    """What the file says of its seal: whose certificate, and whether everything is whole."""

    fingerprint: str
    is_whole: bool


@dataclass(frozen=True)
class Finding:
    """genuine (for a trusted key), altered, unknown."""

    state: str
    fingerprint: str = ""


def offline(content: bytes, trusted: Iterable[str]) -> Finding:
    """Genuine for key F, altered, or unknown, from the file and trusted fingerprints alone (design §7)."""
    wanted = {plain(one) for one in trusted}
    found = read(content)
    if found and found.fingerprint in wanted:
        return Finding("genuine" if found.is_whole else "altered", found.fingerprint)
    lowered = (
        content.lower()
    )  # the fingerprint is written in the seal as well, so that a changed certificate does not hide it
    named = next((one for one in sorted(wanted) if _NAMED + one.encode() in lowered), "")
    return Finding("altered" if named else "unknown", named)


def plain(fingerprint: str) -> str:
    """A fingerprint as it is compared: colons, spaces and capitals do not matter."""
    return _ONLY_HEX.sub("", fingerprint.lower())


def read(content: bytes) -> Seal | None:
    """The last seal of the file; None where there is none to be read."""
    place = _last_place(content)
    if place is None:
        return None
    begin, end = place
    try:
        signed = _signed_part(content[begin + 1 : end - 1])
        certificate = signed["certificates"][0].chosen.dump()
        whole = _covers_all(content, begin, end) and _is_what_the_key_signed(content, begin, end, signed, certificate)
    except _UNREADABLE:
        return None
    return Seal(hashlib.sha256(certificate).hexdigest(), whole)


_UNREADABLE = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, UnsupportedAlgorithm,
)  # fmt: skip


def _last_place(content: bytes) -> tuple[int, int] | None:
    """Where the last signature stands, from `<` to behind `>`."""
    places = list(_PLACE.finditer(content))
    if not places:
        return None
    begin, end = int(places[-1][1]), int(places[-1][2])
    return (begin, end) if 0 < begin < end <= len(content) else None


def _covers_all(content: bytes, begin: int, end: int) -> bool:
    """Nothing before, nothing behind, nothing in between but the signature itself."""
    rest = int(list(_PLACE.finditer(content))[-1][3])
    return end + rest == len(content) and content[begin : begin + 1] == b"<" and content[end - 1 : end] == b">"


def _signed_part(written: bytes) -> cms.SignedData:
    """Read leniently, so that a damaged place still tells whose it was; whether it is whole is compared byte for byte."""
    found = cms.ContentInfo.load(bytes.fromhex(_NO_HEX.sub(b"0", written).decode("ascii")))
    if found["content_type"].native != "signed_data":
        raise ValueError("not a signature")
    return found["content"]


def _is_what_the_key_signed(content: bytes, begin: int, end: int, signed: cms.SignedData, certificate: bytes) -> bool:
    signer = signed["signer_infos"][0]
    attributes, signature = signer["signed_attrs"].untag(), signer["signature"].native
    told = {one["type"].native: one["values"] for one in attributes}
    digest = hashlib.sha256(content[:begin] + content[end:]).digest()
    return (
        told["message_digest"][0].native == digest
        and _verifies(certificate, signature, attributes.dump())
        and content[begin + 1 : end - 1] == _as_written(certificate, attributes, signature, end - begin - 2)
    )


def _verifies(certificate: bytes, signature: bytes, told: bytes) -> bool:
    key = certificates.load_der_x509_certificate(certificate).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, told, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, told, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _as_written(certificate: bytes, attributes: cms.CMSAttributes, signature: bytes, room: int) -> bytes:
    """The only form in which these parts are written into a file: put together anew, in hexadecimal, noughts behind it."""
    owner = x509.Certificate.load(certificate)
    again = ExternalSigner(owner, SimpleCertificateStore(), signature_value=signature)
    packed: Asn1Value = again._package_signature(
        digest_algorithm="sha256",
        cms_version="v1",
        signed_attrs=attributes,
        signature=signature,
        unsigned_attrs=None,
        encap_content_info=None,
    )
    return packed.dump().hex().upper().encode().ljust(room, b"0")
