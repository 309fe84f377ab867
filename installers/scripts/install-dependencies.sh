#!/bin/bash
# Installs the Debian packages that are missing. Usage: install-dependencies.sh SECTION… (build, run, test). Needs root or sudo only when something is missing.
set -euo pipefail
list="$(dirname "$0")/../packages-debian12.txt"
wanted=()
for section in "$@"; do
  mapfile -t names < <(awk -v s="[$section]" '/^\[/{on=($0==s)} on && /^[a-z0-9]/{print}' "$list")
  wanted+=("${names[@]}")
done
missing=()
for name in "${wanted[@]}"; do
  # Another provider of npm and node will do.
  [ "$name" = npm ] && command -v npm >/dev/null && continue
  dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "Installing ${#missing[@]} packages: ${missing[*]}"
sudo=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "These packages are missing, and neither root nor sudo is there to install them." >&2; exit 1; }
  sudo=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${sudo[@]}" apt-get update -qq
"${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
