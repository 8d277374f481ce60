"""The document as a kind of record."""
