"""What a text may hold: names stay what they are, control characters do not belong in any."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def plain_text(text: str) -> None:
    """Refuses characters that cannot be seen or printed (NUL and other controls); any script and any sign is welcome."""
    for at, sign in enumerate(text):
        if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") and sign not in "\n\r\t":
            raise ValidationError(
                _("Character %(at)d cannot be seen or printed (code %(code)s). Delete it and write the text again.")
                % {"at": at + 1, "code": f"U+{ord(sign):04X}"}
            )
