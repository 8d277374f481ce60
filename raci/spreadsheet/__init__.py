"""The matrix from spreadsheets and back (coverage M1): find the grid in a file, say every difference, write it in one transaction.

Import of an export changes nothing: `export` writes headings that `layout` recognises before it has to guess anything."""
