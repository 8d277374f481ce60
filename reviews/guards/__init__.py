"""What the database refuses for this app, whoever writes and however."""

from reviews.guards import (  # noqa: F401
    audits,  # noqa: F401
    reviews,
    team,
)
