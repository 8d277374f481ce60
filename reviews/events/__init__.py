"""What this app adds to the log, one module a subject."""

from reviews.events import (  # noqa: F401
    audits,  # noqa: F401
    reviews,
    team,
)
