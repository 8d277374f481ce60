"""What this app adds to the log, one module a subject."""
