"""What runs for a user is installed for a user: `make run` has requirements/base.txt and nothing of requirements/dev.in."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("ismsroles", "roles", "raci", "competence", "reviews", "evidence")


def test_the_product_imports_nothing_that_only_developing_installs():
    lines = (ROOT / "requirements" / "dev.in").read_text().splitlines()
    only = {line.strip().replace("-", "_") for line in lines if line.strip() and line[0] not in "#-"}
    files = [file for folder in PRODUCT for file in (ROOT / folder).rglob("*.py")]
    assert {f"{file.relative_to(ROOT)}: {name}" for file in files for name in imported(file) & only} == set()


def imported(file: Path) -> set[str]:
    """The packages that a file imports anywhere, inside functions too."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return {
        name.split(".")[0] for name in plain | {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
    }
