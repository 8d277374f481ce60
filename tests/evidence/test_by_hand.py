"""What docs/verifying.md says to do without our software is true of a signed file: every line is run as it stands there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db
TOOLS = ("pdfsig", "pdfdetach", "qpdf", "openssl", "sha256sum")
GUIDE = Path(__file__).parents[2] / "docs" / "verifying.md"


def lines() -> list[str]:
    """The commands of the chapter that needs none of our software."""
    chapter = GUIDE.read_text(encoding="utf-8").split("## Without our software")[1].split("\n## ")[0]
    return [line for block in re.findall(r"```\n(.*?)```", chapter, re.DOTALL) for line in block.splitlines()]


def run(line: str, folder: Path) -> str:
    done = subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603, S607
    return done.stdout + done.stderr


def test_the_guide_has_lines_for_every_tool():
    assert {tool for tool in TOOLS if any(tool in line for line in lines())} == set(TOOLS)


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="needs Poppler, QPDF, OpenSSL and coreutils")
def test_every_line_of_the_guide_does_what_it_says(signed, tmp_path):
    (tmp_path / "FILE.pdf").write_bytes(bytes(signed.final.content))
    said: dict[str, str] = {}
    for line in lines():
        if ranges := re.search(r"\[0 - (\d+)\], \[(\d+)", said.get("pdfsig FILE.pdf", "")):
            line = line.replace("head -c B", f"head -c {ranges[1]}").replace("C + 1", f"{ranges[2]} + 1")
        said[line] = run(line, tmp_path)
    assert "Signature is Valid" in said["pdfsig FILE.pdf"] and "Total document signed" in said["pdfsig FILE.pdf"]
    everything = "\n".join(said.values())
    assert signed.sealed_with_id.upper() in everything.replace(":", "")
    assert "CMS Verification successful" in everything
    assert said["sha256sum FILE.pdf"].split()[0] == signed.final_id
    assert said["sha256sum content.json"].split()[0] == signed.snapshot_id
    assert (tmp_path / "content.json").read_bytes() == bytes(signed.snapshot.content)
    assert signed.snapshot_id in (tmp_path / "sign-offs.json").read_text()
