"""The evidence pack of an audit: everything in one ZIP, in the order of the checklist, each file with its checksum (D5)."""
