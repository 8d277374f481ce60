"""Event codes of evidence and their sentences."""
