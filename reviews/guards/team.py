"""What the database refuses about the management review team's rules (design rule 9)."""

from ismsroles.core import guards
from reviews.models import Charter

guards.append_only(Charter.history.model)
guards.undeletable(Charter)
