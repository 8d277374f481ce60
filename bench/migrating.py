"""Makes the tables in an empty database and says how long that took."""

import sys
import time

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from bench import children
    from ismsroles.local import first_tables

    began = time.perf_counter()
    if sys.argv[1:] == ["at-once"] and first_tables.are_wanted():
        first_tables.make()
    else:
        call_command("migrate", interactive=False, verbosity=0)
    children.answer({"seconds": time.perf_counter() - began})


if __name__ == "__main__":
    main()
