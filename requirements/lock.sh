#!/bin/sh
# Works out the hash-locked sets: lock.sh PYTHON [--upgrade]. The development set takes the versions of the base set.
# No header and no index addresses: the locks say what, never from where.
set -eu
cd "${0%/*}/.."
python=${1:-.venv/bin/python}
[ $# -gt 0 ] && shift
compile() {
    "$python" -m uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
        --python-version 3.11 "$@"
}
compile requirements/base.in --output-file requirements/base.txt "$@"
compile requirements/dev.in --constraint requirements/base.txt --output-file requirements/dev.txt "$@"
if grep -nE '(https?|file)://' requirements/base.txt requirements/dev.txt; then
    echo "A lock names a host; see the lines above." >&2
    exit 1
fi
