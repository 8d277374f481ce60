"""What the database keeps of interested parties."""

from ismsroles.core import guards
from reviews.models import Given, Party

guards.undeletable(Party)
guards.append_only(Given)
