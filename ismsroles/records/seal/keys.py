"""The organisation's key: a file of its own outside database and uploads, or a token that never gives it away (design §7)."""

import datetime
import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ismsroles.core.errors import Refusal
from ismsroles.core.models import Organisation

BITS = 3072
LASTS = datetime.timedelta(days=30 * 365)  # longer than anything is kept; a key is changed by moving the file away


class NoKey(Refusal):
    """The key that the settings name cannot be used; nothing was sealed."""


@dataclass(frozen=True)
class Key:
    """What seals: something that signs, and the certificate that goes into the file."""

    signer: Signer
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate: what others note down and trust."""
        return fingerprint(self.certificate.dump())


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a certificate, in the form in which pages, files and commands show it."""
    return hashlib.sha256(certificate).hexdigest()


def current() -> Key:
    """The key of today: from the token or file that the settings name, else the own one, made on first use."""
    if settings.SEAL_PKCS11_MODULE:
        from ismsroles.records.seal.token import key_in_token  # its library is there only where a token is used

        return key_in_token()
    if settings.SEAL_KEY_FILE:
        return _read(Path(settings.SEAL_KEY_FILE))
    return _read(_own_file())


def _own_file() -> Path:
    """`seal.pem`, readable by its owner only. Of two processes that come at once one writes, and both read that."""
    file = Path(settings.SEAL_DIR) / "seal.pem"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=file.parent, prefix=".seal.")
        with os.fdopen(handle, "wb") as out:
            out.write(_fresh(Organisation.current()))
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(unfinished, file)
        os.unlink(unfinished)
    return file


def _fresh(organisation: Organisation) -> bytes:
    """A new key with a certificate that it signed itself: nobody vouches for it but the fingerprint that the register shows."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    name = certificates.Name(
        [
            certificates.NameAttribute(NameOID.COMMON_NAME, _("Seal of %s")[:40] % organisation.name[:20]),
            certificates.NameAttribute(NameOID.ORGANIZATION_NAME, (organisation.legal_name or organisation.name)[:64]),
        ]
    )
    now = datetime.datetime.now(datetime.UTC)
    usage = dict.fromkeys(_USAGES, False) | {"digital_signature": True, "content_commitment": True}
    made = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + LASTS)
        .add_extension(certificates.KeyUsage(**usage), critical=True)
        .add_extension(certificates.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + made.public_bytes(Encoding.PEM)


_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
    "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def _read(file: Path) -> Key:
    """A PEM file with the private key and, after it, the certificate that belongs to it."""
    try:
        content = file.read_bytes()
        private = load_pem_private_key(content, password=None)
        certificate = certificates.load_pem_x509_certificate(content)
        if certificate.public_key() != private.public_key():
            raise ValueError("the certificate is of another key")
        signer = SimpleSigner(
            x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
            translate_pyca_cryptography_key_to_asn1(private),
            SimpleCertificateStore(),
        )
    except (OSError, ValueError, TypeError) as error:
        raise NoKey(_("The key of the seal (%s) cannot be used. Nothing was sealed.") % file.name) from error
    return Key(signer, signer.signing_cert)
