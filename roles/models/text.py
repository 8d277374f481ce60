"""What a text may hold: names stay what they are, control characters do not belong in any."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# These turn the reading direction of what follows, so that a name reads as another one. Arabic and Hebrew do without them.
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def plain_text(text: str) -> None:
    """Refuses characters that cannot be seen or printed (NUL, controls, turned direction); any script and any sign is welcome."""
    for at, sign in enumerate(text):
        unseen = unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") and sign not in "\n\r\t"
        if unseen or sign in TURNING:
            raise ValidationError(
                _("Character %(at)d cannot be seen or printed (code %(code)s). Delete it and write the text again.")
                % {"at": at + 1, "code": f"U+{ord(sign):04X}"}
            )
