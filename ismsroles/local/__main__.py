"""`make run`: check the machine, prepare the database, start broker, web, worker and beat, stop them on Ctrl-C."""

import sys

from ismsroles.local import launcher
from ismsroles.local.sentences import CannotStart

if __name__ == "__main__":
    try:
        status = launcher.run()
    except CannotStart as sentence:
        print(sentence, file=sys.stderr)
        status = 2
    sys.exit(status)
