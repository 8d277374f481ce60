"""The Roles and Responsibilities PDF against a plain page of text, each in a process of its own: `python -m bench.pdf 25`.

`python -m bench.pdf plain` is the floor: WeasyPrint, a page of text in one face, no tags, no attachment. Rendering has one
thread and waits for nobody, so the processor's seconds are taken: what else the machine does matters less.
"""

import resource
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from bench import children
from bench.report import Row

PLAIN_TIMES = 15
LINE = "The quick brown fox jumps over the lazy dog, and the dog, which had been asleep, looks up and wonders why. "
PLAIN = "<title>Plain</title>" + f"<p>{LINE * 4}</p>" * 5


def measure(counts: list[int], folder: Path, say: Callable[[str], None]) -> list[Row]:
    """Seconds a page of the document, for each number of roles, against the plain page."""
    env = children.environment(folder)
    say("PDF: one plain page of text")
    plain = children.ask("pdf", "plain", env=env)
    rows = [
        Row("PDF", "plain page", "1 page", plain["seconds"] * 1000, "ms/page", kib=plain["kib"], peak_mib=plain["peak"])
    ]
    for count in counts:
        say(f"PDF: {count} roles")
        made = children.ask("pdf", count, env=env)
        of = f"{count} roles, {made['pages']} pages, {made['seconds']:.1f} s"
        each, floor = made["seconds"] / made["pages"] * 1000, plain["seconds"] * 1000
        rows.append(Row("PDF", "roles document", of, each, "ms/page", floor, kib=made["kib"], peak_mib=made["peak"]))
    return rows


def main(what: str) -> None:
    make = _plain_page() if what == "plain" else _document(int(what))
    make()  # fonts are found and read, templates compiled: a worker that has rendered before
    times = PLAIN_TIMES if what == "plain" else 1
    taken, made = zip(*(_timed(make) for _ in range(times)), strict=True)
    children.answer({"seconds": median(taken), "peak": _peak(), **_about(made[-1])})


def _timed(make: Callable[[], bytes]) -> tuple[float, bytes]:
    began = time.process_time()
    made = make()
    return time.process_time() - began, made


def _plain_page() -> Callable[[], bytes]:
    from weasyprint import HTML

    return lambda: HTML(string=PLAIN).write_pdf()


def _document(count: int) -> Callable[[], bytes]:
    """The first call renders a tiny document, all later ones the one asked for."""
    import django

    django.setup()
    from evidence import document
    from tests.pdf import sample

    waiting = [sample.canonical(sample.tiny()), sample.canonical(_roles(count))]
    return lambda: document.render_draft(waiting.pop(0) if len(waiting) > 1 else waiting[0])


def _roles(count: int) -> dict[str, Any]:
    """Roles of the usual length, six below each; the sample of 25 is a company's own."""
    from tests.pdf import sample

    if count == len(sample.REGISTER):
        return sample.typical()
    titled = [(number, *sample.REGISTER[number % len(sample.REGISTER)]) for number in range(count)]
    return sample.wrapped(
        [
            sample.role(n, f"{title} {n // 25 + 1}", (n - 1) // 6 + 1 if n else None, kind, clauses if n < 25 else [])
            for n, title, _above, kind, clauses in titled
        ]
    )


def _peak() -> float:
    """In MiB; macOS counts in bytes, Linux in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def _about(made: bytes) -> dict[str, Any]:
    import pikepdf

    with pikepdf.open(BytesIO(made)) as opened:
        return {"pages": len(opened.pages), "kib": len(made) / 1024}


if __name__ == "__main__":
    main(sys.argv[1])
