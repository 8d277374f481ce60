#!/bin/sh
# Makes the virtual environment and installs one hash-locked set of packages in it: setup.sh base|dev
# Says in a sentence what is missing, and does nothing at all when nothing has changed.
set -eu
cd "${0%/*}/../.."
want=${1:-base}
venv=${VENV:-.venv}

stop() {
    printf '%s\n' "$@" >&2
    exit 2
}

# Python 3.11 and later; the locks were tried with 3.11, 3.12 and 3.13, so those come first.
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
find_python() {
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c "$new_enough" >/dev/null 2>&1; then
            printf '%s' "$name"
            return
        fi
    done
}

make_venv() {
    python=$(find_python)
    [ -n "$python" ] || stop \
        "ismsroles needs Python 3.11 or later, and none was found on this machine." \
        "Install it (Debian and Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.12)," \
        "or name yours, for example: make run PYTHON=/opt/python3.12/bin/python3"
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || stop \
        "Python is here, but it cannot make virtual environments." \
        "Install that part: apt install python3-venv"
    printf 'Making %s with %s\n' "$venv" "$python" >&2
    "$python" -m venv --clear "$venv" || stop \
        "The virtual environment $venv could not be made; the lines above say why." \
        "Check that you may write in $(pwd) and that the disk is not full."
}

hash_of() {
    "$venv/bin/python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"
}

"$venv/bin/python" -c "$new_enough; import pip" >/dev/null 2>&1 || make_venv

lock=requirements/$want.txt
[ "$(cat "$venv/installed-$want" 2>/dev/null || true)" = "$(hash_of "$lock")" ] && exit 0

printf 'Installing %s (a minute the first time)\n' "$lock" >&2
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input --require-hashes --no-deps -r "$lock" || stop \
    "The packages of $lock could not be installed; the lines above say why." \
    "The first start needs a network connection to a Python package index."
hash_of "$lock" >"$venv/installed-$want"
# The development set holds every package of the base set in the same version (make lock sees to it).
[ "$want" = base ] || hash_of requirements/base.txt >"$venv/installed-base"
