#!/usr/bin/env python
"""Django's command line for ismsroles."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ismsroles.settings")
    from django.core.management import execute_from_command_line

    from ismsroles.local import secrets_kept

    secrets_kept.for_the_command_line()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
