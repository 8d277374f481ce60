"""What sealing gives back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sealed:
    """A file with its seal, and whose it is; without a seal the fingerprint is empty."""

    content: bytes
    fingerprint: str = ""
    certificate: bytes = b""
    is_stamped: bool = False
