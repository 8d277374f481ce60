"""Every sentence can be found by the tool that collects them for translation: gettext is given literals, nothing worked out."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
TEXTS = {"ngettext": 2, "ngettext_lazy": 2, "pgettext": 2, "pgettext_lazy": 2, "npgettext": 3}


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in NAMES]


def worked_out(call: ast.Call) -> bool:
    texts = call.args[: TEXTS.get(call.func.id, 1)]
    return not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts)


def test_no_sentence_reaches_gettext_as_anything_but_a_literal():
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("ismsroles", "roles", "raci", "competence", "reviews", "evidence")
        for path in (ROOT / folder).rglob("*.py")
        for call in calls(ast.parse(path.read_text(encoding="utf-8")))
        if worked_out(call)
    ]
    assert found == []
