"""The auditor's workspace: what is asked, by which technique, the live evidence, and the gaps (D4, D8, D9)."""
