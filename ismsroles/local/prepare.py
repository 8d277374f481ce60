"""Brings the database up to date before anything is served: `python -m ismsroles.local.prepare`, a process of its own.

Progress goes to standard error. Standard output carries what the person should read once the pages answer.
"""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from io import StringIO
from multiprocessing import get_context

import django
from django.core.management import CommandError, call_command

from ismsroles.local import first_tables, owner
from ismsroles.records.pdf import fonts


def main() -> int:
    owner.for_migrating()
    django.setup()
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as problem:
        return _refuse(f"The database does not answer: {str(problem).strip()}\n{_database_advice()}")
    _tell("Preparing the database")
    if first_tables.are_wanted():
        first_tables.make()
    call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
    with _fonts_being_cut():
        _welcome(os.environ.get("DEMO", "1") != "0")
    return 0


def _welcome(wants_demo: bool) -> None:
    """The demo organisation goes into an empty installation only; an empty one without it asks for the setup code."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    if wants_demo and not users.exists():
        _tell("Loading the demo organisation (this happens once)")
        call_command("demo", stdout=StringIO())
    if users.exists():
        _print_demo_logins()
    else:
        print("Nobody has an account yet. The first page asks for this setup code:\n")
        print(f"    {os.environ.get('SETUP_CODE', '')}")


def _print_demo_logins() -> None:
    """Nothing in an organisation of one's own: the command refuses."""
    with suppress(CommandError):
        call_command("demo", logins=True)


@contextmanager
def _fonts_being_cut() -> Iterator[None]:
    """The PDF's faces are cut from variable fonts once and kept: waiting for them does not belong into a request. The demo
    organisation is loaded meanwhile, and waits only where it comes to its document."""
    if fonts.are_cut():
        yield
        return
    _tell("Preparing the fonts of the PDF (half a minute, once)")
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        cutting = [pool.submit(fonts.static, face) for face in fonts.one_of_each_source()]
        yield
        for each in cutting:
            each.result()


def _database_advice() -> str:
    if os.environ.get("DATABASE_URL"):
        return (
            "Check DATABASE_URL (host, port, name, user, password) and that the server runs, or unset it to use a file."
        )
    return "Check that the data folder can be written in."


def _tell(text: str) -> None:
    print(f"{text} …", file=sys.stderr, flush=True)


def _refuse(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
