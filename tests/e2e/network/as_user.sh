#!/bin/sh
# Runs a test program as an ordinary user without subordinate ids (the hardest case), from a copy that he can read.
#   as_user.sh <program>
set -e
[ "$(id -u)" = 0 ] || exec "$1"
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cp "$1" "$directory/test"
chmod 755 "$directory" "$directory/test"
mkdir -m 777 "$directory/tmp"
cd /
TMPDIR="$directory/tmp" setpriv --reuid=65534 --regid=65534 --clear-groups "$directory/test"
