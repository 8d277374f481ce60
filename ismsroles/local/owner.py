"""Two roles of one PostgreSQL: tables belong to the one that migrates; the product runs as another, which may not change them."""

import os


def for_migrating() -> None:
    """Whoever migrates connects as MIGRATE_DATABASE_URL says, and gives the role in DATABASE_URL what it may do."""
    if owner := os.environ.get("MIGRATE_DATABASE_URL"):
        os.environ["APPLICATION_DATABASE_URL"] = os.environ.get("DATABASE_URL", "")
        os.environ["DATABASE_URL"] = owner
