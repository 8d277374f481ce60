"""One file that holds the whole installation, whichever database it stands in; and the way back (issue: fit for production).

The file is a ZIP: `tables/<app.model>.jsonl` (one row a line), `uploads/…`, and `manifest.json` with the SHA-256 of each of them.
Keys are not in it: they are kept elsewhere, so that who finds a backup can forge nothing with it."""

FORMAT = "ismsroles-backup/1"
MANIFEST = "manifest.json"
# Who is signed in where: nobody stays signed in across a restore.
LEFT_OUT = frozenset({"sessions.Session"})
