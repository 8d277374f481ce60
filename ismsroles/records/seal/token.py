"""A key in a token or hardware module (PKCS#11): it signs there, and its file can be neither copied nor lost."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ismsroles.records.seal.keys import Key, NoKey


def key_in_token() -> Key:
    """The key and certificate that the settings SEAL_PKCS11_… name. Needs the package python-pkcs11, which is not installed by default."""
    try:
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise NoKey(
            _("A key in a token needs the package python-pkcs11 (pip install python-pkcs11). Nothing was sealed.")
        ) from error
    label = settings.SEAL_PKCS11_KEY
    try:
        pin = Path(settings.SEAL_PKCS11_PIN_FILE).read_text(encoding="utf-8").strip()
        session = open_pkcs11_session(
            settings.SEAL_PKCS11_MODULE, token_criteria=_criteria(settings.SEAL_PKCS11_TOKEN), user_pin=pin
        )
        signer = PKCS11Signer(session, cert_label=label, key_label=label, ca_chain=())
        return Key(signer, signer.signing_cert)
    except Exception as error:  # each library has errors of its own; none of them may name the PIN
        raise NoKey(
            _("The token does not give its key “%(key)s” (%(kind)s). Nothing was sealed.")
            % {"key": label, "kind": type(error).__name__}
        ) from error


def _criteria(token: str):
    from pyhanko.config.pkcs11 import TokenCriteria

    return TokenCriteria(label=token) if token else None
