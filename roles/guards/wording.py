"""What was judged to stay is never rewritten (design rule 9)."""

from ismsroles.core import guards
from roles.models import KeptPair

guards.append_only(KeptPair)
