"""A backup comes back as it was, on either database; restoring sends no old mail and lets nobody in (issue: fit for production)."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from bench.databases import Postgres, Sqlite
from ismsroles.core import accounts, log, outbox
from ismsroles.core.backup import MANIFEST, archive, restoring
from ismsroles.core.backup.making import make
from ismsroles.core.errors import Refusal
from ismsroles.notices import mail

ROOT = Path(__file__).resolve().parents[2]
# In a process of its own, on a database of its own: restore, back up again, and look who comes in.
THERE = """
import sys
from unittest.mock import MagicMock
import django
from django.conf import settings
django.setup()
settings.MIGRATION_MODULES = MagicMock(__contains__=lambda *_: True, __getitem__=lambda *_: None)  # as the tests' own database
from django.core.management import call_command
from django.test import Client
from ismsroles.core import clock
from ismsroles.core.models import Invitation, OutboxMessage
call_command("migrate", run_syncdb=True, verbosity=0)
call_command("restore", sys.argv[1])
call_command("backup", out=__import__("pathlib").Path(sys.argv[2]))
call_command("verify_log")
print("mails", OutboxMessage.objects.filter(kind="mail", delivered_at=None).count())
print("links", Invitation.objects.filter(used_at=None, expires_at__gt=clock.now()).count())
for name in ("lea.leaver", "ismail.keeper"):
    client = Client(SERVER_NAME="localhost")
    client.post("/account/login/", {"login": f"{name}@testhouse.example", "password": "a long enough test password"})
    print(name, client.get("/mine/").status_code)
"""


@pytest.fixture
def lived_in(cast, settings, tmp_path) -> Path:
    """A backup of an organisation with people, a sealed log, an attached file, a mail that waits and a link on its way."""
    settings.MEDIA_ROOT = tmp_path / "here"
    (settings.MEDIA_ROOT / "evidence").mkdir(parents=True)
    (settings.MEDIA_ROOT / "evidence" / "Şahin.pdf").write_bytes(bytes(range(256)))
    mail.post(to="ida@testhouse.example", subject="Old", text="An old sentence", key="old-1")
    accounts.invite(accounts.create_login(email="kim@testhouse.example", name="Kim", actor=None), actor=None)
    log.seal()
    file = tmp_path / "backup.zip"
    make(file)
    return file


def parts(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as opened:
        return json.loads(opened.read(MANIFEST))["parts"]


def stays(name: str) -> bool:
    """The tables that a restore changes on purpose."""
    return name not in {"tables/core.OutboxMessage.jsonl", "tables/core.Invitation.jsonl"}


def moved(file: Path, url: str, folder: Path) -> tuple[Path, list[str]]:
    """The backup restored elsewhere and backed up again from there; and what was said there."""
    again, env = folder / "again.zip", {"DATABASE_URL": url, "MEDIA_ROOT": str(folder / "files")}
    command = [sys.executable, "-c", THERE, str(file), str(again)]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **env}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return again, done.stdout.splitlines()


def test_everything_comes_back_as_it_was_and_nothing_old_goes_out(lived_in, tmp_path):
    again, said = moved(lived_in, Sqlite(tmp_path).url("other"), tmp_path)
    was, now = parts(lived_in), parts(again)
    assert {k: v for k, v in now.items() if stays(k)} == {k: v for k, v in was.items() if stays(k)} and len(was) > 80
    assert "uploads/evidence/Şahin.pdf" in was
    # The leaver is sent to sign in, the others come in.
    assert said[-4:] == ["mails 0", "links 0", "lea.leaver 302", "ismail.keeper 200"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only: from SQLite to PostgreSQL")
def test_a_register_moves_from_sqlite_to_postgresql(lived_in, tmp_path):
    on_sqlite, _said = moved(lived_in, Sqlite(tmp_path).url("other"), tmp_path)
    (tmp_path / "then").mkdir()
    url = Postgres(os.environ["DATABASE_URL"]).empty(f"moved_{os.getpid()}")
    on_postgresql, _said = moved(on_sqlite, url, tmp_path / "then")
    assert parts(on_postgresql) == parts(on_sqlite)


def test_restoring_into_a_register_with_people_is_refused(lived_in):
    with pytest.raises(Refusal, match="not empty"):
        restoring.restore(lived_in)


def with_part(file: Path, name: str, text: bytes) -> Path:
    """The backup with one part written anew or added, and a list that agrees where the name is new."""
    other = file.with_name("other.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as out:
        manifest = json.loads(old.read(MANIFEST))
        manifest["parts"].setdefault(name, hashlib.sha256(text).hexdigest())
        for each in {*old.namelist(), name} - {MANIFEST}:
            out.writestr(each, text if each == name else old.read(each))
        out.writestr(MANIFEST, json.dumps(manifest))
    return other


@pytest.mark.parametrize("name", ["tables/roles.Person.jsonl", "../outside.txt", "/outside.txt"])
def test_a_part_that_was_altered_or_leads_elsewhere_is_refused_before_anything_is_written(db, tmp_path, name):
    make(tmp_path / "backup.zip")
    with pytest.raises(Refusal, match="altered"), archive.opened(with_part(tmp_path / "backup.zip", name, b"[1]\n")):
        pass


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 not really", None])
def test_what_is_no_backup_is_refused_with_a_sentence(db, tmp_path, broken):
    file = tmp_path / "backup.zip"
    make(file)
    file.write_bytes(file.read_bytes()[:-3000] if broken is None else broken)
    with pytest.raises(Refusal, match="no backup of this product"), archive.opened(file):
        pass


def test_a_backup_of_another_release_is_refused(db, tmp_path, monkeypatch):
    make(tmp_path / "backup.zip")
    monkeypatch.setattr(restoring.making, "shape", lambda: {"core.User": ["id", "born_later"]})
    with pytest.raises(Refusal, match="another release"):
        restoring.restore(tmp_path / "backup.zip")


def test_only_its_owner_reads_a_backup_and_none_is_written_over(db, tmp_path):
    make(tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["backup.zip"]


def test_mails_are_what_leaves_the_house():
    assert "mail" in outbox.outward()
