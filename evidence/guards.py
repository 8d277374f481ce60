"""What the database refuses for this app: who could look at everything, and when, is evidence (design rule 9)."""

from evidence.models import Engagement
from ismsroles.core import guards

guards.append_only(Engagement.history.model)
guards.undeletable(Engagement)
