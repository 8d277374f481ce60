"""manage.py verify_evidence FILE: is this file what was signed?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ismsroles.records.verify import Verdict, verify


class Command(BaseCommand):
    """Exit status 0: genuine and current, or offline genuine for a trusted key; 1: anything else; 2: could not be read, or is no PDF."""

    help = "Say whether a file is what was signed: genuine and current, genuine but superseded, a draft, altered, or unknown."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file")
        parser.add_argument(
            "--offline", action="store_true", help="ask the file alone: no register, no database, no network"
        )
        parser.add_argument(
            "--trust",
            action="append",
            default=[],
            metavar="FINGERPRINT",
            help="of the seal's key; again for earlier keys",
        )

    def handle(self, *args, file: str, offline: bool, trust: list[str], **options) -> None:
        if offline != bool(trust):
            raise CommandError("Say --offline and --trust FINGERPRINT together.", returncode=2)
        try:
            content = Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"{file} could not be read: {error.strerror}.", returncode=2) from error
        sentence, is_good = _by_the_file(content, trust) if offline else _by_the_register(content, file)
        self.stdout.write(sentence)
        if not is_good:
            raise SystemExit(1)


def _by_the_register(content: bytes, file: str) -> tuple[str, bool]:
    verdict: Verdict = verify(content)
    if verdict.state == "unreadable":
        raise CommandError(f"{file}: {verdict.sentence}", returncode=2)
    return f"{verdict.sentence}\nSHA-256 {verdict.sha256}", verdict.is_current


def _by_the_file(content: bytes, trust: list[str]) -> tuple[str, bool]:
    """Whether it is in force only the register knows; whose it is and whether it is whole the file says."""
    from ismsroles.records.seal import checking

    if any(len(checking.plain(one)) != 64 for one in trust):
        raise CommandError("A fingerprint has 64 characters from 0 to 9 and a to f.", returncode=2)
    found = checking.offline(content, trust)
    return SENTENCES[found.state].format(found.fingerprint), found.state == "genuine"


SENTENCES = {
    "genuine": "Genuine for key {}: every byte is as it was sealed. Whether it is in force only the register can say.",
    "altered": "Altered: it names the key {}, but it is not the file that was sealed.",
    "unknown": "Unknown: it carries no seal of a key that you trust.",
}
