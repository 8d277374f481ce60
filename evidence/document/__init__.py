"""The Roles and Responsibilities document as PDF (coverage D1, D2): a pure function of the frozen snapshot.

`render_draft` and `render_final` read no clock and no database: the same bytes in give the same bytes out (design rule 10)."""

from evidence.document.plan import render_draft, render_final, texts

__all__ = ["render_draft", "render_final", "texts"]
