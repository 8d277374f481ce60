#!/usr/bin/env python
"""Django's command line for ismsroles."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ismsroles.settings")
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    from ismsroles.local import owner, secrets_kept

    secrets_kept.for_the_command_line()
    if sys.argv[1:2] == ["migrate"]:
        owner.for_migrating()
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in sys.argv:
            raise
        # 2 is "could not"; 1 would read as "found something" to the script that asked.
        sys.exit(_cannot(error))


def _cannot(error: Exception) -> int:
    print(f"The database could not be used: {error}\nLook at DATABASE_URL, and run: manage.py migrate", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
